import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  type ConditionOperator,
  conditionOperators,
  readCondition,
  writeCondition,
} from './condition.ts';
import { addFilter, addGroup, deleteFilter, duplicateGroup, exclusions, setExclusions } from './edit.ts';
import { conditionOf, fromEditor, newItem, toEditor } from './editor-model.ts';
import { branchExamples, otherExamples, propertyExamples, rootOf } from './examples.ts';
import { countFilters, type Filter, type FilterBranch, readBranch } from './model.ts';
import { readPropertyFilter } from './operations.ts';
import { readRelatedCondition } from './related.ts';

function ids() {
  let next = 0;
  return () => `id-${next++}`;
}
const all = { ...propertyExamples, ...otherExamples };

describe('reading and writing HubSpot’s JSON', () => {
  test.each(Object.entries(all))('%s passes through the editor without loss', (_, filter) => {
    const branch = rootOf([filter]);
    const model = toEditor(branch, ids());
    expect(model && fromEditor(model)).toEqual(branch);
  });

  test.each(Object.entries(branchExamples))('the branch %s passes through without loss', (_, inner) => {
    const branch: FilterBranch = {
      filterBranchType: 'OR',
      filterBranches: [{ filterBranchType: 'AND', filterBranches: [inner], unknownKey: 1 }],
      filters: null,
    };
    const model = toEditor(branch, ids());
    expect(model && fromEditor(model)).toEqual(branch);
  });

  test.each(Object.entries(propertyExamples))('the operation of %s is known', (_, filter) => {
    expect(readPropertyFilter(filter)).not.toBeNull();
  });

  test('a filter with a refine-by is left to HubSpot', () => {
    const filter = { ...(propertyExamples.choice as Filter), pruningRefineBy: { type: 'ALL_HISTORY' } };
    expect(readPropertyFilter(filter)).toBeNull();
    expect(readCondition(filter)).toBeNull();
  });

  test('a root that is no OR of ANDs is not opened for editing', () => {
    expect(
      toEditor({ filterBranchType: 'AND', filters: [otherExamples.inList as Filter] }, ids()),
    ).toBeNull();
    expect(
      toEditor({ filterBranchType: 'OR', filterBranches: [branchExamples.none as FilterBranch] }, ids()),
    ).toBeNull();
  });

  test('keys that mean something to JavaScript stay in place', () => {
    const filter = '{"__proto__":0,"constructor":1,"filterType":"X"}';
    const text = `{"filterBranchType":"OR","filterBranches":[{"filterBranchType":"AND","filters":[${filter}]}]}`;
    const read = readBranch(JSON.parse(text));
    expect(JSON.stringify(read)).toBe(text);
    const opened = read && toEditor(read, ids());
    expect(JSON.stringify(opened && fromEditor(opened))).toContain(filter);
  });

  test('a company or deal property is edited as one filter and written as a branch around it', () => {
    for (const object of ['company', 'deal'] as const) {
      const condition = {
        object,
        property: 'x',
        operator: 'known' as const,
        values: [],
        includeBlank: false,
      };
      const item = newItem(condition, 'Europe/Berlin', ids());
      expect(item.isBranch).toBe(true);
      expect(conditionOf(item)).toEqual(condition);
      expect(conditionOf({ ...item, json: { ...item.json, operator: 'NOT_IN_LIST' } })).toBeNull();
    }
    const company = branchExamples.company as FilterBranch;
    expect(readRelatedCondition(company)).toMatchObject({ object: 'company', property: 'annualrevenue' });
    const two = [...(company.filters ?? []), ...(company.filters ?? [])];
    expect(readRelatedCondition({ ...company, filters: two })).toBeNull();
    expect(readRelatedCondition({ ...company, associationTypeId: 1 })).toBeNull();
  });

  test('generated filters pass through without loss', () => {
    const filter = fc.oneof(
      fc.constantFrom(...Object.values(all)),
      fc
        .record({ filterType: fc.string({ minLength: 1 }) })
        .chain((base) =>
          fc.dictionary(fc.string(), fc.jsonValue()).map((more) => ({ ...more, ...base }) as Filter),
        ),
    );
    const list = <T>(item: fc.Arbitrary<T>) =>
      fc.option(fc.array(item, { maxLength: 4 }), { nil: undefined });
    const { branch } = fc.letrec<{ branch: FilterBranch }>((tie) => ({
      branch: fc.record(
        {
          filterBranchType: fc.constantFrom('AND', 'OR', 'ASSOCIATION', 'NOT_ALL', 'RESTRICTED', 'OTHER'),
          filterBranchOperator: fc.constantFrom('AND', 'OR'),
          filters: list(filter),
          filterBranches: fc.oneof(
            { depthSize: 'small' },
            fc.constant([]),
            fc.array(tie('branch'), { maxLength: 2 }),
          ),
          extra: fc.jsonValue(),
        },
        { requiredKeys: ['filterBranchType'] },
      ) as fc.Arbitrary<FilterBranch>,
    }));
    const root = fc.array(branch, { maxLength: 4 }).map(
      (groups): FilterBranch => ({
        filterBranchType: 'OR',
        filterBranches: groups.map((group) => ({ ...group, filterBranchType: 'AND' })),
      }),
    );
    fc.assert(
      fc.property(root, (json) => {
        const read = readBranch(json);
        expect(read).toEqual(json);
        const model = read && toEditor(read, ids());
        expect(model && fromEditor(model)).toEqual(json);
      }),
      { numRuns: 5_000 },
    );
  });
});

const values: Partial<Record<ConditionOperator, string[]>> = {
  numberBetween: ['-2.5', '10'],
  dayBetween: ['2026-01-31', '2026-11-12'],
  agoMore: ['30'],
  agoLess: ['7'],
  segmentIn: ['12'],
  segmentNotIn: ['12'],
};

function exampleOf(operator: ConditionOperator): Condition {
  const property = operator.startsWith('segment') ? null : 'anything';
  const bare = /^(yes|no|known|unknown)$/.test(operator);
  const given = /^number/.test(operator) ? ['3'] : /^day/.test(operator) ? ['2026-11-12'] : ['a', 'b'];
  return { property, operator, values: bare ? [] : (values[operator] ?? given), includeBlank: false };
}

describe('conditions of the editor', () => {
  test.each(conditionOperators)('%s is read back as it was written', (operator) => {
    const condition = exampleOf(operator);
    const written = writeCondition(condition, 'Europe/Berlin');
    expect(readCondition(written)).toEqual(condition);
    if (condition.property !== null) expect(readPropertyFilter(written)).not.toBeNull();
  });

  test('blanks that match are kept', () => {
    const condition = { ...exampleOf('choiceNone'), includeBlank: true };
    expect(readCondition(writeCondition(condition, 'UTC'))).toEqual(condition);
  });

  test.each(['pastText', 'outsideRange', 'exactly', 'rolling', 'calendar', 'afterOther', 'updatedSince'])(
    '%s cannot be shown as a condition',
    (name) => expect(readCondition(propertyExamples[name] as Filter)).toBeNull(),
  );

  test.each(['workflow', 'form', 'future'])('%s is no condition', (name) => {
    expect(readCondition(otherExamples[name] as Filter)).toBeNull();
  });
});

describe('editing', () => {
  const start = rootOf([otherExamples.form as Filter], [propertyExamples.choice as Filter]);

  test('a filter that cannot be shown survives edits beside it', () => {
    const newId = ids();
    const model = toEditor(start, newId);
    const [first] = model?.groups ?? [];
    if (!model || !first) throw new Error('The example has groups.');
    const edited = fromEditor(addFilter(model, first.id, exampleOf('known'), 'UTC', newId));
    expect(edited.filterBranches?.[0]?.filters?.[0]).toEqual(otherExamples.form);
    expect(countFilters(edited)).toBe(3);
  });

  test('deleting the last filter leaves an empty group that says so', () => {
    const model = toEditor(start, ids());
    const [first] = model?.groups ?? [];
    if (!model || !first?.items[0]) throw new Error('The example has groups.');
    const edited = fromEditor(deleteFilter(model, first.id, first.items[0].id));
    expect(edited.filterBranches?.[0]?.filters).toEqual([]);
  });

  test('excluded segments stand in every group, those added later too, and go again', () => {
    const newId = ids();
    const opened = toEditor(start, newId);
    if (!opened) throw new Error('The example opens.');
    const model = addGroup(
      duplicateGroup(setExclusions(opened, ['7', '8'], newId), opened.groups[0]?.id ?? '', newId),
      newId,
    );
    const written = fromEditor(model);
    for (const group of written.filterBranches ?? []) {
      const lists = group.filters
        ?.filter((filter) => filter.operator === 'NOT_IN_LIST')
        .map((filter) => filter.listId);
      expect(lists).toEqual(['7', '8']);
    }
    const reopened = toEditor(written, newId);
    expect(reopened && exclusions(reopened)).toEqual(['7', '8']);
    expect(reopened && countFilters(fromEditor(setExclusions(reopened, [], newId)))).toBe(3);
  });
});
