/** The org that was connected first, another one, and a copy of the first as it was when somebody turned to the copy. */
export const orgNames = ['first', 'other', 'copy'] as const;
export type OrgName = (typeof orgNames)[number];

/** Who is in an org before it is connected. */
export type FoundRecord = { object: 'Lead' | 'Contact'; values: Record<string, string> };
