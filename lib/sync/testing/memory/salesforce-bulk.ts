import { chunk } from '#lib/core/chunk.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { BulkResults, BulkState, SalesforceObject, SalesforcePort, Values } from '#lib/crm/ports.ts';
import { asRecord, refused } from './salesforce-record.ts';
import { createOne, type OrgContext, updateOne } from './salesforce-writes.ts';
import type { Observer } from './trace.ts';

type Job = {
  object: SalesforceObject;
  operation: 'insert' | 'update';
  autoAssign: boolean;
  state: BulkState['state'];
  rows: Values[];
  /** Who sent the rows, and when that call began: whoever asks for the job may be somebody else. */
  sender: OrgContext;
  sentAt: number;
  /** When Salesforce has worked it off. */
  doneAt: number;
  results: BulkResults;
};

const pageSize = 10_000;
const workMs = 30_000;

/** Jobs outlive the worker that opened them: they belong to the org. */
const jobsOf = new WeakMap<OrgContext['org'], Map<string, Job>>();

/** Salesforce works off what was sent, whether or not anybody asks. */
export function workOffDue(org: OrgContext['org']): void {
  for (const job of jobsOf.get(org)?.values() ?? []) {
    if (isDue(org, job)) workOff(job);
  }
}

function isDue(org: OrgContext['org'], job: Job): boolean {
  return job.state === 'working' && org.clock.ms() >= job.doneAt;
}

type BulkCalls = Pick<
  SalesforcePort,
  | 'activeAssignmentRule'
  | 'openBulkJob'
  | 'startBulkJob'
  | 'bulkJob'
  | 'bulkResults'
  | 'abortBulkJob'
  | 'scanRecords'
>;

/** Bulk jobs that take a while: their rows are saved when they are done, not when they are sent. */
export function bulkCalls(context: OrgContext): BulkCalls {
  const { org } = context;
  const jobs = jobsOf.get(org) ?? new Map<string, Job>();
  jobsOf.set(org, jobs);
  const find = (jobId: string): CrmResult<Job> => {
    const job = jobs.get(jobId);
    if (!job) return { ok: false, failure: { kind: 'notFound' } };
    if (isDue(org, job)) workOff(job);
    return { ok: true, value: job };
  };
  return {
    activeAssignmentRule: async (object) => ({
      ok: true,
      value: object === 'Lead' ? '01Q000000000001AAA' : null,
    }),
    async openBulkJob({ object, operation, assignmentRuleId }) {
      const jobId = `750${String(jobs.size + 1).padStart(12, '0')}AAA`;
      const results = { saved: [], refused: [], unprocessed: [] };
      const autoAssign = assignmentRuleId !== undefined;
      const sent = { rows: [], sender: context, sentAt: 0, doneAt: 0 };
      jobs.set(jobId, { object, operation, autoAssign, state: 'open', ...sent, results });
      return { ok: true, value: { jobId } };
    },
    async startBulkJob(jobId, rows) {
      const job = find(jobId);
      if (!job.ok) return job;
      if (job.value.state !== 'open') return refused('automation', 'INVALIDJOBSTATE');
      const sentAt = context.callTime.begunAt();
      const doneAt = org.clock.ms() + workMs;
      Object.assign(job.value, { rows, state: 'working', sender: context, sentAt, doneAt });
      return { ok: true, value: undefined };
    },
    async bulkJob(jobId) {
      const job = find(jobId);
      if (!job.ok) return job;
      const { state, results } = job.value;
      const failed = results.refused.length;
      return { ok: true, value: { state, processed: results.saved.length + failed, failed, message: null } };
    },
    async bulkResults(jobId) {
      const job = find(jobId);
      return job.ok ? { ok: true, value: job.value.results } : job;
    },
    async abortBulkJob(jobId) {
      const job = find(jobId);
      if (!job.ok) return job;
      const { state } = job.value;
      if (state !== 'open' && state !== 'working') return refused('automation', 'INVALIDJOBSTATE');
      job.value.state = 'aborted';
      job.value.results.unprocessed.push(...job.value.rows);
      return { ok: true, value: undefined };
    },
    async *scanRecords(object, fields) {
      const found = org
        .all()
        .filter(
          (record) => record.object === object && record.deletedAt === null && record.convertedTo === null,
        )
        .map((record) => asRecord(record, fields, org.fields(object)));
      for (const page of chunk(found, pageSize)) yield { ok: true, value: page };
    },
  };
}

function workOff(job: Job): void {
  job.state = 'done';
  const { sender, sentAt } = job;
  const observe: Observer = (event) =>
    sender.observe(event.kind === 'write' ? { ...event, sentAt, inBulk: true } : event);
  const context = { ...sender, observe };
  for (const row of job.rows) {
    const saved = saveRow(context, job, row);
    if (saved.ok)
      job.results.saved.push({ id: saved.value, created: job.operation === 'insert', values: row });
    else job.results.refused.push({ values: row, failure: saved.failure });
  }
}

function saveRow(context: OrgContext, job: Job, row: Values): CrmResult<string> {
  const { Id, ...values } = row;
  if (job.operation === 'update') {
    const updated = updateOne(context, Id ?? '', values);
    return updated.ok ? { ok: true, value: Id ?? '' } : updated;
  }
  const options = { userId: context.org.integrationUserId, autoAssign: job.autoAssign };
  const created = createOne(context, job.object, values, options);
  return created.ok ? { ok: true, value: created.value.id } : created;
}
