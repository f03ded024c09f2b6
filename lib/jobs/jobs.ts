import { z } from 'zod';

/** Every kind of job with the shape of its payload. The worker's registry has one function for each. */
export const jobs = {
  'imports.count': z.strictObject({ importId: z.uuid() }),
  'imports.run': z.strictObject({ runId: z.uuid() }),
  'segments.refresh': z.strictObject({ workspaceId: z.uuid() }),
  'sync.contacts': z.strictObject({ workspaceId: z.uuid(), contactIds: z.array(z.string()).max(200) }),
  'sync.countSwitch': z.strictObject({ changeId: z.uuid() }),
  /** `troubles`: how many times in a row a CRM gave no useful answer. */
  'sync.inbox': z.strictObject({ workspaceId: z.uuid(), orgId: z.string(), troubles: z.int().min(0) }),
  /** `goesOn`: what the earlier turns of the same poll have read to the end. */
  'sync.poll': z.strictObject({
    workspaceId: z.uuid(),
    goesOn: z.strictObject({ beganAt: z.iso.datetime(), done: z.array(z.string()) }).optional(),
  }),
  'sync.resync': z.strictObject({ runId: z.uuid() }),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]>;

/** What a job may know of the process that runs it. */
export type JobContext = {
  workerId: string;
  /** The process is asked to end: finish the batch at hand, then come back later. */
  signal: AbortSignal;
  /** After this attempt the queue gives up. */
  isLastAttempt: boolean;
};
