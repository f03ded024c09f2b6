import { z } from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { NoticeList } from '../schemas.ts';
import { countUnread, findNotices, markRead } from './notices-repository.ts';

const shown = 30;
const shownMs = 30 * 86_400_000;
const dataSchema = z.record(z.string(), z.union([z.string(), z.number()])).catch({});

type Reader = Pick<Actor, 'workspaceId' | 'userId'>;

/** The bell: the news of the last 30 days, newest first, and how much of it this person has not read. */
export async function listNotices({ workspaceId, userId }: Reader): Promise<Result<NoticeList>> {
  const since = new Date((await now()).getTime() - shownMs);
  const [rows, unread] = await Promise.all([
    findNotices(db(), workspaceId, since, shown),
    countUnread(db(), workspaceId, userId, since),
  ]);
  const notices = rows.map(({ id, kind, data, at, readBy }) => ({
    ...{ id, kind, at: at.toISOString() },
    data: dataSchema.parse(data),
    isUnread: !readBy.includes(userId),
  }));
  return ok({ notices, unread });
}

/** Marks what came up to a moment as read by this person. */
export async function readNotices(actor: Reader, until: string): Promise<Result<NoticeList>> {
  await markRead(db(), actor.workspaceId, actor.userId, new Date(until));
  return listNotices(actor);
}
