import type { Collection } from '../../core/store.ts';
import { apiError, notFound } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { Access } from '../metadata/access.ts';
import { systemStamp } from '../records/dates.ts';
import type { Org } from '../records/org.ts';

type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
export type Delimiter = 'COMMA' | 'TAB' | 'PIPE' | 'SEMICOLON' | 'CARET' | 'BACKQUOTE';

export const DELIMITERS: Record<Delimiter, string> = {
  COMMA: ',',
  TAB: '\t',
  PIPE: '|',
  SEMICOLON: ';',
  CARET: '^',
  BACKQUOTE: '`',
};

/** One bulk job with its data and results, as text in the job's own dialect. */
export interface Job {
  id: string;
  kind: 'V2Ingest' | 'V2Query';
  operation: string;
  object: string;
  query: string | null;
  externalIdFieldName: string | null;
  assignmentRuleId: string | null;
  createdById: string;
  createdDate: string;
  systemModstamp: string;
  state: JobState;
  version: number;
  lineEnding: 'LF' | 'CRLF';
  columnDelimiter: Delimiter;
  /** When the next state is due, in virtual time. */
  dueAt: number | null;
  data: string | null;
  successful: string;
  failed: string;
  unprocessed: string;
  rows: string[];
  header: string;
  processed: number;
  failures: number;
  errorMessage: string | null;
}

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** All bulk jobs of an org. States move with the virtual clock, when a job is looked at or when they are due. */
export class Jobs {
  readonly org: Org;
  /** Rights of the user who made a job. */
  readonly accessOf: (userId: string) => Access;
  readonly #jobs: Collection<Job>;

  constructor(org: Org, accessOf: (userId: string) => Access) {
    this.org = org;
    this.accessOf = accessOf;
    this.#jobs = org.store.collection('bulkJobs');
  }

  create(job: Omit<Job, 'id' | 'createdDate' | 'systemModstamp'>): Job {
    const now = systemStamp(this.org.clock.now());
    const id = this.org.newId('750');
    return this.save({ ...job, id, createdDate: now, systemModstamp: now });
  }

  save(job: Job): Job {
    this.#jobs.set(job.id, job);
    return job;
  }

  change(job: Job, changes: Partial<Job>): Job {
    return this.save({ ...job, ...changes, systemModstamp: systemStamp(this.org.clock.now()) });
  }

  delete(job: Job): void {
    this.#jobs.delete(job.id);
  }

  find(kind: Job['kind'], id: string): Job {
    const job = this.#jobs.get(toId18(id) ?? '');
    const tooOld =
      job !== undefined && Date.parse(job.createdDate.slice(0, 23)) < this.org.clock.now() - KEPT_MS;
    if (job === undefined || job.kind !== kind || tooOld) throw notFound();
    return job;
  }

  all(kind: Job['kind']): Job[] {
    return [...this.#jobs.values()].filter((job) => job.kind === kind);
  }

  /** When the state after this one is due. */
  due(): number {
    return this.org.clock.now() + this.org.config.current.bulkStepMs;
  }

  isDue(job: Job): boolean {
    return job.dueAt !== null && job.dueAt <= this.org.clock.now();
  }
}

export const invalidState = (message: string) => apiError(400, 'INVALIDJOBSTATE', message);

const ENDED: readonly JobState[] = ['JobComplete', 'Failed', 'Aborted'];
export const hasEnded = (job: Job) => ENDED.includes(job.state);

/** The job as its resources show it. */
export function showJob(job: Job, full: boolean): Record<string, unknown> {
  const ingest = job.kind === 'V2Ingest';
  const path = `services/data/v${job.version}.0/jobs/ingest/${job.id}/batches`;
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: job.createdDate,
    systemModstamp: job.systemModstamp,
    state: job.state,
    ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
    ...(job.assignmentRuleId === null ? {} : { assignmentRuleId: job.assignmentRuleId }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: job.version,
    ...(ingest && job.state === 'Open' ? { contentUrl: path } : {}),
    ...(full ? { jobType: job.kind } : {}),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
    ...(full ? progress(job) : {}),
  };
}

function progress(job: Job): Record<string, unknown> {
  const work = job.state === 'JobComplete' || job.state === 'Failed' ? Math.max(1, job.processed) : 0;
  return {
    numberRecordsProcessed: job.processed,
    ...(job.kind === 'V2Ingest' ? { numberRecordsFailed: job.failures } : {}),
    retries: 0,
    totalProcessingTime: work,
    ...(job.kind === 'V2Ingest' ? { apiActiveProcessingTime: work, apexProcessingTime: 0 } : {}),
    ...(job.version >= 61 ? { isPkChunkingSupported: true } : {}),
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}
