import type { StoredMapping } from '#lib/mappings/schemas.ts';
import type { SettingsValues } from '#lib/settings/schemas.ts';
import { mappedNames } from './mapped-names.ts';
import type { AlarmCount } from './store.ts';

type Held = { values: Pick<SettingsValues, 'salesforceChanges'>; mappings: readonly StoredMapping[] };

/** Which of these counts a change of settings or mappings has made possible: before it nothing of the kind happened. */
export function turnedOn(
  { former, made }: { former: Held; made: Held },
  counts: readonly AlarmCount[],
): AlarmCount[] {
  const [before, since] = [blanksOf(former), blanksOf(made)];
  return counts.filter(({ kind, key }) => {
    if (kind === 'blanked') return since.has(key) && !before.has(key);
    return (
      kind === 'created_hubspot' &&
      former.values.salesforceChanges === 'do_nothing' &&
      made.values.salesforceChanges === 'create_or_update'
    );
  });
}

/** Of which properties and fields a blank empties the other side, as `Alarm` names them. */
function blanksOf({ mappings }: Held): Set<string> {
  const { properties, fields } = mappedNames(mappings).blankTravels;
  return new Set([
    ...properties.map((name) => `hubspot:${name}`),
    ...[...fields.Lead, ...fields.Contact].map((name) => `salesforce:${name}`),
  ]);
}
