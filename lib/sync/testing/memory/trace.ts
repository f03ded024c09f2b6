import type { Values } from '#lib/crm/ports.ts';

export type CrmName = 'hubspot' | 'salesforce';

/** What a CRM in memory saw of a worker, in order: the ground on which the invariants are judged. */
export type Seen =
  | { kind: 'memberships'; at: number; worker: string; contactId: string; listIds: string[] }
  | { kind: 'list'; at: number; worker: string; listId: string; isReady: boolean }
  /** Whom a worker was told to have an address. */
  | { kind: 'lookUp'; at: number; worker: string; address: string; ids: string[] }
  /** A worker was told of every change of an address so far: who has which. */
  | { kind: 'sweep'; at: number; worker: string; holders: Map<string, string[]> }
  | { kind: 'read'; at: number; worker: string; side: CrmName; id: string; values: Values }
  /** `before` holds the values that were there, by the names of `after`. */
  | {
      kind: 'write';
      at: number;
      worker: string;
      side: CrmName;
      id: string;
      isNew: boolean;
      before: Values;
      after: Values;
      /** What was sent, where the CRM may have made something else of it. */
      sent?: Values;
      /** Of a record that is made: who held its address then, visible to a query. */
      holders: string[];
      /** When its call began, or that which has sent the rows of a Bulk job; `at`, if it is left out. */
      sentAt?: number;
      inBulk?: true;
    }
  | { kind: 'archive'; at: number; worker: string; id: string };

export type Observer = (event: Seen) => void;
export const nobody: Observer = () => {};
