import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { planSearches } from '../sizes/by-search.ts';
import { createCounter, sizesOf } from '../sizes/count.ts';
import type { Sizes, SizesAnswer, SizesCursor, SizesRequest } from '../sizes/schemas.ts';
import { type CountJob, countSearches, openCount, readPart } from './counting.ts';

/** So many searches are always worth it; more of them only where reading everybody would take more calls. */
const fewSearches = 12;
const pageSize = 200;

/**
 * How many contacts each filter, each group and all of them let in, and how many miss only one filter. What
 * HubSpot's search says exactly is counted by it at once; where that leaves something out, everybody is read
 * and evaluated, 1,000 a call, and `cursor` asks for the next part. Numbers that are not known are null.
 */
export async function countSizes(actor: Actor, request: SizesRequest): Promise<Result<SizesAnswer>> {
  const job = await openCount(actor.workspaceId, request.filterBranch);
  if (!job.ok) return job;
  return request.cursor ? read(job.value, request.cursor) : start(job.value);
}

async function start(job: CountJob): Promise<Result<SizesAnswer>> {
  const of = await job.hubspot.countContacts();
  if (!of.ok) return fail(crmFailureToFailure('HUBSPOT', of.failure));
  const plan = planSearches(job.filterBranch, job.known, job.clock);
  const counter = createCounter(job.filterBranch, job.clock);
  if (!plan || !counter) return ok({ sizes: uncounted(of.value), cursor: null });
  const isWorthIt = plan.sizes.length <= Math.max(fewSearches, of.value / pageSize);
  const totals = await countSearches(job, isWorthIt ? plan.sizes : []);
  if (!totals.ok) return totals;
  const sizes = plan.read((search) => totals.value.get(JSON.stringify(search)) ?? null, of.value);
  if (isWorthIt && !plan.needsReading) return ok({ sizes, cursor: null });
  return ok({
    sizes,
    cursor: { afterId: '', read: 0, toRead: of.value, of: of.value, state: counter.state },
  });
}

function uncounted(of: number): Sizes {
  const nothing = { misses: null, leftOut: null, withoutEmail: null, leavingSoon: null };
  return { of, total: null, groups: [], ...nothing };
}

async function read(job: CountJob, from: SizesCursor): Promise<Result<SizesAnswer>> {
  const counter = createCounter(job.filterBranch, job.clock, from.state);
  if (!counter) return fail({ code: 'bad_request' });
  const { afterId, read: done, toRead, of } = from;
  const part = await readPart(job, [[]], ['email'], { afterId, read: done, toRead }, (_, person) => {
    counter.add(person);
  });
  if (!part.ok) return part;
  const { at, isDone, isWhole } = part.value;
  if (!isDone) return ok({ sizes: null, cursor: { ...at, of, state: counter.state } });
  return ok({ sizes: isWhole ? sizesOf(counter, of) : null, cursor: null });
}
