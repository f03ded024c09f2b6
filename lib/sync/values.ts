import { type Converted, toHubSpot, toSalesforce } from '#lib/mappings/rules.ts';
import type { Field } from './fields.ts';
import type { OwnerBook } from './owners.ts';
import type { Side } from './shadow.ts';

/** A value of the other side as `to` takes it, or why it can't. */
export function convert(field: Field, to: Side, value: string | null, owners: OwnerBook): Converted {
  if (field.kind === 'owner') {
    const id =
      to === 'hubspot'
        ? owners.hubspotOwner(owners.ofSalesforce(value))
        : owners.salesforceUser(owners.ofHubSpot(value));
    return { ok: true, value: id };
  }
  return to === 'hubspot' ? toHubSpot(field.pair, value) : toSalesforce(field.pair, value);
}

/** A value as a person may read it later: owners by their address, which outlives the id's meaning. */
export function shown(field: Field, side: Side, value: string | null, owners: OwnerBook): string | null {
  if (field.kind !== 'owner') return value;
  return (side === 'hubspot' ? owners.ofHubSpot(value) : owners.ofSalesforce(value)) ?? value;
}

const stages = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
];

/** HubSpot's lifecycle stage only moves forward. Stages of an account's own have no order known to us. */
export function isBackwards(property: string, from: string | null, to: string | null): boolean {
  if (property !== 'lifecyclestage' || from === null) return false;
  if (to === null) return true;
  const [before, after] = [stages.indexOf(from), stages.indexOf(to)];
  return before >= 0 && after >= 0 && after < before;
}
