/** A failure asked for by a test: what the next matching requests meet. */
export interface Fault {
  /** Any method when absent. */
  method?: string;
  /** A prefix of the path, or a pattern for the whole path in which `*` stands for any text. */
  path: string;
  /** Answer with this status instead of the endpoint's own answer. */
  status?: number;
  /** An object is sent as JSON, a string as it is (HTML unless `headers` says otherwise). */
  body?: unknown;
  headers?: Record<string, string>;
  /** Real milliseconds to wait before anything else. */
  delayMs?: number;
  /** Wait before anything else until the list of faults is replaced. */
  held?: boolean;
  /** Carry the request out, then cut the connection without an answer. */
  dropAfterCommit?: boolean;
  /** Cut the connection before the request is carried out. */
  dropBeforeCommit?: boolean;
  /** How many requests it meets; until deleted when absent. */
  times?: number;
}

export interface Faults {
  list(): Fault[];
  replace(faults: Fault[]): void;
  /** Comes when the list is replaced. */
  replaced(): Promise<void>;
  /** The first fault that meets this request; counts it as used. */
  take(method: string, path: string): Fault | undefined;
}

const KEYS = new Set([
  ...[
    'method',
    'path',
    'status',
    'body',
    'headers',
    'delayMs',
    'held',
    'dropAfterCommit',
    'dropBeforeCommit',
    'times',
  ],
]);

export function createFaults(): Faults {
  let active: Fault[] = [];
  let waiting: (() => void)[] = [];
  return {
    list: () => active,
    replace(faults) {
      active = faults.map((fault) => ({ ...fault }));
      for (const goOn of waiting) goOn();
      waiting = [];
    },
    replaced: () => new Promise((resolve) => waiting.push(resolve)),
    take(method, path) {
      const fault = active.find((each) => meets(each, method, path));
      if (fault?.times !== undefined) {
        fault.times -= 1;
        if (fault.times <= 0) active = active.filter((each) => each !== fault);
      }
      return fault;
    },
  };
}

/** Checks a list of faults as it came over the wire; throws an Error that names what is wrong. */
export function parseFaults(input: unknown): Fault[] {
  const list = Array.isArray(input) ? input : [input];
  return list.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) throw new Error('A fault is an object.');
    const unknown = Object.keys(each).find((key) => !KEYS.has(key));
    if (unknown) throw new Error(`A fault has no "${unknown}".`);
    const fault = each as Fault;
    if (typeof fault.path !== 'string' || !/^[/*]/.test(fault.path)) throw new Error('A fault needs a path.');
    const acts =
      fault.status ?? fault.delayMs ?? fault.held ?? fault.dropAfterCommit ?? fault.dropBeforeCommit;
    if (acts === undefined) throw new Error('A fault needs a status, a delay, a hold or a drop.');
    return fault;
  });
}

function meets(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== '*' && fault.method.toUpperCase() !== method)
    return false;
  if (!fault.path.includes('*')) return path.startsWith(fault.path);
  const pattern = fault.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(path);
}
