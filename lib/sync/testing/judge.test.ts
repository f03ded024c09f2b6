import { describe, expect, it } from 'vitest';
import { expectValue } from '#lib/testing/crm.ts';
import { type History, live } from './histories.ts';
import { judge } from './invariants.ts';
import { World } from './world.ts';

const lead = (LastName: string) =>
  ({ do: 'salesforce.create', object: 'Lead', values: { LastName, Company: 'Co' } }) as const;
const edit = { do: 'salesforce.edit', lateMs: 0 } as const;

/** By *Always use Salesforce*; a contact loses its Lead and is linked with a Contact by the very last resync. */
const linkedAtTheEnd: History = {
  seed: 21_026,
  first: [
    lead('Two'),
    {
      ...{ do: 'salesforce.create', object: 'Contact' },
      values: { LastName: 'New', Email: 'c@x.example', Title: 'three' },
    },
  ],
  steps: [
    lead('three'),
    { ...edit, who: 155, name: 'Email', value: 'c@x.example' },
    { do: 'poll', dies: null },
    { ...edit, who: 254, name: 'City', value: 'Lund' },
    { do: 'work', dies: null },
    { do: 'salesforce.delete', who: 209 },
    { do: 'automate', what: 'flow.upper', on: true },
  ],
};

describe('9: what the histories are judged by', () => {
  it('5: what a flow makes of one field while the last resync writes another shows at the next read', async () => {
    expect(await live(linkedAtTheEnd)).toEqual([]);
  });

  // 3: "a creation is sent only for an address that no visible undeleted, unconverted record … holds".
  it.each([
    ['for one that the sync has made with it', 'f@x.example', 1],
    ['for one that somebody has given it since the sync had looked', 'n@x.example', 0],
  ])('3: a record too many for an address is told: %s', async (_, madeWith, problems) => {
    const world = new World(1);
    const judged = judge(world);
    const { salesforce } = world.worker();
    const create = async (Email: string) => {
      const values = { LastName: 'Berg', Company: 'Co', Email };
      const made = await salesforce.createRecords([{ object: 'Lead', values }], { autoAssign: false });
      return expectValue(made).flatMap((each) => (each.ok ? [each.value.id] : []))[0] ?? '';
    };
    await salesforce.findByEmail(['f@x.example'], { Lead: [], Contact: [] });
    world.org.update(await create(madeWith), { Email: 'f@x.example' });
    await create('f@x.example');
    expect(judged.problems).toHaveLength(problems);
  });
});
