import { expect, it } from 'vitest';
import { rewind } from './rewind.ts';

type Mapping = { id: string; createdAt: string; rule: string };
const mapping = (id: string, rule: string): Mapping => ({ id, createdAt: `2026-01-0${id}`, rule });

it('tells the mappings of any version from what later ones changed', () => {
  const [first, second] = [mapping('1', 'two-way'), mapping('2', 'two-way')];
  const resting = mapping('1', 'none');
  const changes = [
    { version: 3, mappingId: '2', oldValue: null, newValue: second },
    { version: 5, mappingId: '1', oldValue: first, newValue: resting },
    { version: 8, mappingId: '2', oldValue: second, newValue: null },
  ];
  const current = [resting];
  expect(rewind(current, changes, 8)).toEqual([resting]);
  expect(rewind(current, changes, 7)).toEqual([resting, second]);
  expect(rewind(current, changes, 4)).toEqual([first, second]);
  expect(rewind(current, changes, 0)).toEqual([first]);
});
