import type { Db } from '#lib/core/db.ts';

/** What the bell tells of; the message `health.notices.{kind}` says it with the values of `data`. */
export type NoticeKind =
  | 'run_ended'
  | 'run_broken_off'
  | 'run_waits'
  | 'new_errors'
  | 'paused'
  | 'resumed'
  | 'writing_stopped'
  | 'writing_went_on'
  | 'connection_expired';

export type NewNotice = {
  workspaceId: string;
  kind: NoticeKind;
  /** Values of the sentence, and `runId` where it leads to a run. No secret and no person's data. */
  data: Record<string, string | number>;
  at: Date;
  /** Who did it knows it already. */
  actorId?: string;
  /** Says nothing if the same was said within this time. */
  notWithinMs?: number;
};

/** Puts news into the bell of everybody in the workspace, in the transaction of the thing itself. */
export async function addNotice(tx: Db, notice: NewNotice): Promise<void> {
  const { workspaceId, kind, data, at, actorId, notWithinMs } = notice;
  if (notWithinMs !== undefined) {
    const since = new Date(at.getTime() - notWithinMs);
    const same = await tx.notice.findFirst({
      where: { workspaceId, kind, at: { gt: since }, data: { equals: data } },
      select: { id: true },
    });
    if (same) return;
  }
  await tx.notice.create({
    data: { workspaceId, kind, data, at, readBy: actorId === undefined ? [] : [actorId] },
  });
}
