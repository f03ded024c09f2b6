import type { Db } from '#lib/core/db.ts';
import type { Direction, Rule } from '../default-mappings.ts';
import { findMappings } from './repository.ts';

export type Mapping = {
  id: string;
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  rule: Rule;
  direction: Direction;
};

/** All mappings of a workspace, *Don't sync* included, oldest first. */
export async function listMappings(db: Db, workspaceId: string): Promise<Mapping[]> {
  const rows = await findMappings(db, workspaceId);
  return rows.map(({ id, hubspotProperty, leadField, contactField, rule, direction }) => ({
    id,
    hubspotProperty,
    leadField,
    contactField,
    rule,
    direction,
  }));
}
