import type { SettingsAsOf } from '#lib/settings/schemas.ts';

/** Names of the segments of that moment and of today, as far as known. */
export function segmentNamesOf({ former, now }: SettingsAsOf): Record<string, string> {
  const names: Record<string, string> = {};
  for (const { segment } of [former, now]) if (segment?.name) names[segment.listId] = segment.name;
  return names;
}
