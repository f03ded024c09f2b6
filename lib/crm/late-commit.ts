/** How long a save may have its stamp before it is committed and anybody sees it. */
export const lateCommitMs = 15 * 60_000;
/** The same of a save of our own: no request lasts longer. */
export const ownLateCommitMs = 65_000;
