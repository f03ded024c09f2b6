import { z } from 'zod';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';
import type { Simulators } from '#lib/testing/simulators.ts';
import type { HubSpotGround } from './contract/hubspot.ts';
import type { SalesforceGround } from './contract/salesforce.ts';
import { simulatedHubSpotGround, simulatedSalesforceGround } from './contract/simulator-grounds.ts';
import type { Step } from './steps.ts';

export type Grounds = {
  hubspot: HubSpotGround;
  salesforce: SalesforceGround;
  /** Every contact there is. */
  contacts(): Promise<string[]>;
};
type Known = { id: string; object: SalesforceObject; isDeleted: boolean };

/** Both CRMs with nobody in them, and what people do there. */
export async function emptyGrounds({ hubspot, salesforce }: Simulators): Promise<Grounds> {
  const listed = z.object({ results: z.array(z.object({ id: z.string() })).max(99) });
  return {
    hubspot: await simulatedHubSpotGround(hubspot),
    salesforce: await simulatedSalesforceGround(salesforce),
    async contacts() {
      const { accessToken } = await hubspot.tokens();
      // A search would wait for its speed limit, which belongs to the workers.
      const answer = await fetch(`${hubspot.url}/crm/v3/objects/contacts?limit=100`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return listed
        .parse(await answer.json())
        .results.map(({ id }) => id)
        .sort();
    },
  };
}

async function recordsOf({ salesforce }: Grounds): Promise<Known[]> {
  const of = async (object: SalesforceObject) => {
    const found: Known[] = [];
    for await (const page of salesforce.port.changedRecords(object, { at: new Date(0), id: null })) {
      const stamps = expectValue(page).stamps.filter(({ mergedInto }) => mergedInto === null);
      found.push(...stamps.map(({ id, isDeleted }) => ({ id, object, isDeleted })));
    }
    return found;
  };
  const found = await Promise.all([of('Lead'), of('Contact')]);
  return found.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

function pick<T>(items: readonly T[], number: number): T | undefined {
  return items[number % Math.max(items.length, 1)];
}

/** Lets a person do over HTTP what the step says; what the CRM refuses a person is not done. */
export async function doRealStep(grounds: Grounds, step: Step): Promise<void> {
  try {
    if (step.do.startsWith('hubspot.')) await inHubSpot(grounds, step);
    if (step.do.startsWith('salesforce.')) await inSalesforce(grounds, step);
  } catch (error) {
    const isRefusal = error instanceof Error && / 4\d\d | 200 <|success/.test(error.message);
    if (!isRefusal) throw error;
  }
}

async function inHubSpot(grounds: Grounds, step: Step): Promise<void> {
  const { hubspot } = grounds;
  if (step.do === 'hubspot.create') {
    // Owners of the made-up account are not known here.
    const { hubspot_owner_id: _owner, ...values } = step.values;
    await hubspot.create(values);
  }
  if (!('who' in step)) return;
  const ids = await grounds.contacts();
  const who = pick(ids, step.who);
  if (!who) return;
  if (step.do === 'hubspot.edit' && step.name !== 'hubspot_owner_id') {
    await hubspot.update(who, { [step.name]: step.value });
  }
  if (step.do === 'hubspot.archive') await hubspot.archive(who);
  const other = step.do === 'hubspot.merge' ? pick(ids, step.other) : undefined;
  if (other && other !== who) await hubspot.merge(who, other);
}

async function inSalesforce(grounds: Grounds, step: Step): Promise<void> {
  const { salesforce } = grounds;
  if (step.do === 'salesforce.create') {
    const { OwnerId: _owner, ...values } = step.values;
    await salesforce.create(step.object, values);
  }
  if (!('who' in step)) return;
  const records = await recordsOf(grounds);
  const living = records.filter(({ isDeleted }) => !isDeleted);
  const who = pick(living, step.who);
  if (step.do === 'salesforce.undelete') {
    const deleted = pick(
      records.filter(({ isDeleted }) => isDeleted),
      step.who,
    );
    if (deleted) await salesforce.undelete(deleted.id);
  }
  if (!who) return;
  if (step.do === 'salesforce.edit' && step.name !== 'OwnerId') {
    const name = who.object === 'Contact' && step.name === 'City' ? 'MailingCity' : step.name;
    await salesforce.update(who.object, who.id, { [name]: step.value });
  }
  if (step.do === 'salesforce.delete') await salesforce.delete(who.object, who.id);
  if (step.do === 'salesforce.convert' && who.object === 'Lead') await salesforce.convert(who.id);
  if (step.do === 'salesforce.merge') {
    const others = living.filter(({ object, id }) => object === who.object && id !== who.id);
    const loser = pick(others, step.other);
    if (loser) await salesforce.merge(who.object, who.id, loser.id);
  }
}
