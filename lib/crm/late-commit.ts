/** Salesforce's stamps have no parts of seconds. */
export function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}

/** How long a save may have its stamp before it is committed and anybody sees it. */
export const lateCommitMs = 15 * 60_000;
/** The same of a save of our own: no request lasts longer. */
export const ownLateCommitMs = 65_000;
