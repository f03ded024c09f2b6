import { db } from '#lib/core/db.ts';
import { logBug } from '#lib/core/log.ts';
import type { CallCounter } from '#lib/crm/ports.ts';
import type { Crm } from '../rules.ts';
import { addCalls } from './repository.ts';

const gatherMs = 2_000;

type Count = { workspaceId: string; crm: Crm; calls: number };
const waiting = new Map<string, Count>();
let timer: NodeJS.Timeout | undefined;

/** Counts the calls of a workspace. They are gathered for two seconds, so that each call needs no write. */
export function callCounter(workspaceId: string): CallCounter {
  return (crm, calls) => {
    const key = `${workspaceId} ${crm}`;
    const count = waiting.get(key) ?? { workspaceId, crm, calls: 0 };
    waiting.set(key, { ...count, calls: count.calls + calls });
    timer ??= setTimeout(() => {
      flushApiUse().catch((error: unknown) => logBug(error));
    }, gatherMs).unref();
  };
}

/** Stores what was counted so far. A process calls it before it ends. */
export async function flushApiUse(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const counts = [...waiting.values()];
  waiting.clear();
  for (const { workspaceId, crm, calls } of counts) await addCalls(db(), workspaceId, crm, calls);
}
