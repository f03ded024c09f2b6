/** Undo and redo: what is shown now, what was before, what was undone. */
export type History<T> = { past: T[]; present: T; future: T[] };

const kept = 100;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** A new step; what had been undone is gone. */
export function step<T>(history: History<T>, next: T): History<T> {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-kept), present: next, future: [] };
}

export function undo<T>(history: History<T>): History<T> {
  const former = history.past.at(-1);
  if (former === undefined) return history;
  return { past: history.past.slice(0, -1), present: former, future: [history.present, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
