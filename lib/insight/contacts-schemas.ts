import { z } from 'zod';

const time = z.iso.datetime();

/** Views of *Contacts*, in the order of their tabs. */
export const contactViews = ['all', 'syncing', 'outside', 'left', 'orphans', 'email-only', 'errors'] as const;
export type ContactView = (typeof contactViews)[number];

export const contactsPageSize = 25;

export const contactsQuerySchema = z.strictObject({
  view: z.enum(contactViews).default('all'),
  /** In name and e-mail address. */
  q: z.string().trim().max(200).default(''),
  sort: z.enum(['name', 'email', 'since']).default('since'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
  /** From 1. HubSpot's search gives 10,000 contacts at most. */
  page: z.coerce.number().int().min(1).max(400).default(1),
});
export type ContactsQuery = z.output<typeof contactsQuerySchema>;

export const contactStates = [
  'syncing',
  'waiting',
  'notSyncing',
  'emailOnly',
  'error',
  'notLinked',
  'deleted',
] as const;

const contactRowSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  state: z.enum(contactStates),
  since: time.nullable(),
  /** Salesforce created it once; it has never been in the list. */
  isException: z.boolean(),
  object: z.enum(['lead', 'contact']).nullable(),
  recordId: z.string().nullable(),
  /** Something asks for this person to be synced. */
  waiting: z.number(),
  /** Why it is not synced: the reason of the newest outcome, or its error. */
  reason: z.string().nullable(),
  category: z.string().nullable(),
  code: z.string().nullable(),
  /** Which criterion let it go, as far as it was told. */
  because: z.object({ label: z.string(), value: z.string().nullable() }).nullable(),
  /** What became of an orphan. */
  event: z.object({ kind: z.string(), at: time.nullable(), record: z.string().nullable() }).nullable(),
});
export type ContactRow = z.infer<typeof contactRowSchema>;

export const contactsSchema = z.object({
  contacts: z.array(contactRowSchema),
  /** Of this view and search. */
  total: z.number(),
  /** Of each view without a search. *All* is HubSpot's number, null if it was not counted yet. */
  counts: z.record(z.enum(contactViews), z.number().nullable()),
  canEdit: z.boolean(),
});
export type Contacts = z.infer<typeof contactsSchema>;

export const contactsExportSchema = z.strictObject({ view: z.enum(contactViews).default('all') });
