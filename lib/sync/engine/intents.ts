import { fail, ok, type Result } from '#lib/core/result.ts';
import type { Intent } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { askLeftJobs, leftJobWaitMs } from './bulk/left-jobs.ts';
import { sObjectOf } from './person.ts';
import type { Session } from './session.ts';

/** A request lasts at most 60 seconds: before that its record may come about at any moment. */
export const creationMayArriveMs = 65_000;
/** After that it is visible, whatever Salesforce says of how far its answers are complete. */
const certainlyVisibleMs = 15 * 60_000;
const askAgainMs = 60_000;

/**
 * How long the record of each creation that was never answered may still appear: until Salesforce's changes
 * are complete beyond it (`latestDateCovered`), or 15 minutes have passed; of a Bulk job, until it has ended. By
 * intent id, 0: not any more.
 */
export async function unansweredWaitMs(
  session: Session,
  intents: readonly Intent[],
  at: Date,
): Promise<Result<Map<string, number>, Trouble>> {
  const waits = new Map<string, number>();
  const jobs = await askLeftJobs(session, [...new Set(intents.flatMap(({ jobId }) => jobId ?? []))]);
  if (!jobs.ok) return jobs;
  for (const object of ['LEAD', 'CONTACT'] as const) {
    const ofObject = intents.filter((intent) => intent.object === object);
    const jobOf = ({ jobId }: Intent) => jobs.value.get(jobId ?? '') ?? 'unknown';
    for (const intent of ofObject) waits.set(intent.id, leftJobWaitMs(jobOf(intent)));
    const group = ofObject.filter((intent) => jobOf(intent) === 'unknown');
    const ageOf = ({ sentAt }: Intent) => at.getTime() - sentAt.getTime();
    for (const intent of group) waits.set(intent.id, Math.max(0, creationMayArriveMs - ageOf(intent)));
    const doubtful = group.filter(
      (intent) => ageOf(intent) >= creationMayArriveMs && ageOf(intent) < certainlyVisibleMs,
    );
    if (doubtful.length === 0) continue;
    const start = new Date(Math.min(...doubtful.map(({ sentAt }) => sentAt.getTime())) - 60_000);
    const covered = await session.salesforce.updatedIds(sObjectOf(object), { start, end: at });
    if (!covered.ok) return fail(troubleOf('salesforce', covered.failure, session.troubles));
    for (const intent of doubtful) {
      if (covered.value.coveredUntil <= intent.sentAt) waits.set(intent.id, askAgainMs);
    }
  }
  return ok(waits);
}
