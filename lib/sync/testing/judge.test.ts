import { describe, expect, it } from 'vitest';
import { type History, live } from './histories.ts';

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
});
