/** Names of the things a person consists of. Records and addresses are claimed per org, contacts per account. */
export const claimKeys = {
  run: (runId: string) => `run:${runId}`,
  inbox: (workspaceId: string) => `inbox:${workspaceId}`,
  contact: (workspaceId: string, contactId: string) => `contact:${workspaceId}:${contactId}`,
  record: (recordId: string) => `record:${recordId}`,
  address: (address: string) => `address:${address}`,
};

/**
 * Within what a key names one thing: records and addresses are of an org; everything else is of the workspace that it
 * names, whichever org that is connected to.
 */
export function spaceOf(key: string, orgId: string): string {
  return /^(record|address):/.test(key) ? orgId : '';
}

/** Who works on whom: what is held here, nobody else writes. */
export type Claims = {
  /** Tries to claim all of them and answers those that are ours now. */
  take(keys: readonly string[]): Promise<Set<string>>;
  /** Gives back all but these. */
  keepOnly(keys: readonly string[]): Promise<void>;
  /** Aborted once the claims could not be renewed: whoever holds them must write nothing more. */
  lost: AbortSignal;
  /** Gives everything back and stops renewing. */
  end(): Promise<void>;
};
