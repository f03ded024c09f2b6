import type { CrmFailure } from '#lib/crm/failure.ts';
import type { CrmName } from './trace.ts';

export const faultKinds = [
  'rateLimited',
  'dailyLimit',
  'unavailable',
  'timeout',
  'cutBefore',
  'cutAfter',
  'authLost',
  'lockedRow',
  'badRow',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  crm: CrmName;
  kind: FaultKind;
  /** A method of the port; any if left out. */
  method?: string;
  /** How many calls it hits; one if left out. */
  times?: number;
};

export type Faults = {
  add(...faults: Fault[]): void;
  clear(): void;
  /** The fault that hits this call, used up by it. */
  take(crm: CrmName, method: string): FaultKind | null;
};

/** Faults waiting for the calls that they hit, first come first served. */
export function faultList(): Faults {
  let waiting: (Fault & { times: number })[] = [];
  return {
    add(...faults) {
      waiting.push(...faults.map((fault) => ({ times: 1, ...fault })));
    },
    clear() {
      waiting = [];
    },
    take(crm, method) {
      const found = waiting.find(
        (fault) => fault.crm === crm && (fault.method === undefined || fault.method === method),
      );
      if (!found) return null;
      found.times -= 1;
      if (found.times <= 0) waiting = waiting.filter((fault) => fault !== found);
      return found.kind;
    },
  };
}

/** The same, and whatever goes to a system that nobody is connected to finds no log-in. */
export function whileConnected(faults: Faults, away: ReadonlySet<CrmName>): Faults {
  return { ...faults, take: (crm, method) => (away.has(crm) ? 'authLost' : faults.take(crm, method)) };
}

/** How the adapters tell such a fault; null where the call itself goes through. */
export function failureOfFault(kind: FaultKind, isWrite: boolean): CrmFailure | null {
  switch (kind) {
    case 'rateLimited':
      return { kind: 'rateLimited', retryAfterMs: 10_000, daily: false };
    case 'dailyLimit':
      return { kind: 'rateLimited', retryAfterMs: 15 * 60_000, daily: true };
    case 'unavailable':
      return { kind: 'unavailable', message: 'No answer (ECONNREFUSED).', maybeDone: false };
    case 'timeout':
      return { kind: 'unavailable', message: 'No answer in time.', maybeDone: isWrite };
    case 'cutBefore':
    case 'cutAfter':
      return { kind: 'unavailable', message: 'No answer (connection cut).', maybeDone: isWrite };
    case 'authLost':
      return { kind: 'authLost' };
    case 'lockedRow':
    case 'badRow':
      return null;
  }
}
