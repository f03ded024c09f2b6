import { describe, expect, it } from 'vitest';
import type { Effect, MappingPreview } from '#lib/mappings/schemas.ts';
import { countEffects, telling } from './mapping-effects.ts';

type Person = MappingPreview['people'][number];
const none: Effect = { to: null, value: null, isRefused: false };
const to = (side: 'hubspot' | 'salesforce', isRefused = false): Effect => ({
  to: side,
  value: 'x',
  isRefused,
});

function person(name: string, hubspot: string | null, salesforce: string | null, effect = none): Person {
  const after = { PREFER_SALESFORCE: effect, ALWAYS_SALESFORCE: none, TWO_WAY: effect, DONT_SYNC: none };
  return { contactId: name, name, hubspot, salesforce, after };
}

describe('what a mapping would do', () => {
  it('is counted by rule and side, refused values apart', () => {
    const people = [
      person('a', 'x', 'y', to('hubspot')),
      person('b', 'x', null, to('salesforce')),
      person('c', 'x', null, to('salesforce', true)),
      person('d', 'x', 'x'),
    ];
    const counts = countEffects(people);
    expect(counts.PREFER_SALESFORCE).toEqual({ toHubspot: 1, toSalesforce: 1, refused: 1 });
    expect(counts.DONT_SYNC).toEqual({ toHubspot: 0, toSalesforce: 0, refused: 0 });
  });

  it('is shown by people of each kind, never by one without any value', () => {
    const people = [
      person('blank', null, null),
      person('same', 'x', 'x'),
      person('same too', 'x', 'x'),
      person('alone', 'x', null, to('salesforce')),
      person('different', 'x', 'y', to('hubspot')),
    ];
    expect(telling(people).map(({ name }) => name)).toEqual(['different', 'alone', 'same']);
    expect(telling(people.slice(0, 3)).map(({ name }) => name)).toEqual(['same', 'same too']);
  });
});
