import type { SettingsSection } from './settings-nav.tsx';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Keeps the items whose name contains the query, ignoring case and accents, under their section's name. */
export function filterSections(
  sections: readonly SettingsSection[],
  query: string,
): readonly SettingsSection[] {
  const wanted = plain(query.trim());
  if (wanted === '') return sections;
  const matches = (label: string) => plain(label).includes(wanted);
  return sections
    .map((section) => ({
      ...section,
      items: section.items
        .map((item) =>
          item.items && !matches(item.label)
            ? { ...item, items: item.items.filter((inner) => matches(inner.label)) }
            : item,
        )
        .filter((item) => matches(item.label) || (item.items?.length ?? 0) > 0),
    }))
    .filter((section) => section.items.length > 0);
}
