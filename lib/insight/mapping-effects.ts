import type { MappingPreview } from '#lib/mappings/schemas.ts';

type Rules = keyof MappingPreview['counts'];
type Person = MappingPreview['people'][number];

const shown = 3;

/** How many of the people would get a value on which side, by rule. */
export function countEffects(people: readonly Person[]): MappingPreview['counts'] {
  const count = (rule: Rules) => {
    const effects = people.map(({ after }) => after[rule]);
    return {
      toHubspot: effects.filter(({ to, isRefused }) => to === 'hubspot' && !isRefused).length,
      toSalesforce: effects.filter(({ to, isRefused }) => to === 'salesforce' && !isRefused).length,
      refused: effects.filter(({ isRefused }) => isRefused).length,
    };
  };
  return {
    PREFER_SALESFORCE: count('PREFER_SALESFORCE'),
    ALWAYS_SALESFORCE: count('ALWAYS_SALESFORCE'),
    TWO_WAY: count('TWO_WAY'),
    DONT_SYNC: count('DONT_SYNC'),
  };
}

/** The people who show most: one with two different values, one with one alone, one that agrees, then more. */
export function telling(people: readonly Person[]): Person[] {
  const kindOf = ({ hubspot, salesforce, after }: Person) => {
    if (hubspot === null && salesforce === null) return 4;
    const agrees = Object.values(after).every(({ to }) => to === null);
    if (agrees) return 2;
    return hubspot !== null && salesforce !== null ? 0 : 1;
  };
  const firsts = [0, 1, 2].flatMap((kind) => people.find((person) => kindOf(person) === kind) ?? []);
  const others = people
    .filter((person) => !firsts.includes(person) && kindOf(person) < 4)
    .sort((a, b) => kindOf(a) - kindOf(b));
  return [...firsts, ...others].slice(0, shown);
}
