import type { HubSpotOwner, HubSpotProperty } from '#lib/crm/ports.ts';

/** Says HubSpot's values as HubSpot shows them: labels of options, names of owners; hidden ones not at all. */
export type Teller = {
  label(property: string): string;
  isHidden(property: string): boolean;
  value(property: string, value: string | null): string | null;
};

export function tellerOf(properties: readonly HubSpotProperty[], owners: readonly HubSpotOwner[]): Teller {
  const byName = new Map(properties.map((property) => [property.name, property]));
  const ownerNames = new Map(owners.map(({ id, name }) => [id, name]));
  const isHidden = (name: string) => byName.get(name)?.hidden ?? false;
  return {
    label: (name) => byName.get(name)?.label ?? name,
    isHidden,
    value(name, value) {
      if (value === null || value === '' || isHidden(name)) return null;
      const property = byName.get(name);
      if (property?.referencedObjectType === 'OWNER') return ownerNames.get(value) ?? value;
      const labels = new Map(property?.options.map((option) => [option.value, option.label]));
      if (labels.size === 0) return value;
      return value
        .split(';')
        .filter((part) => part !== '')
        .map((part) => labels.get(part) ?? part)
        .join(', ');
    },
  };
}
