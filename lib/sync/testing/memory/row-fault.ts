/** A fault that hits one row of the next write alone. */
export type RowFault = { take(): 'lockedRow' | 'badRow' | null };

export type SetRowFault = RowFault & { set(fault: 'lockedRow' | 'badRow'): void };

export function rowFault(): SetRowFault {
  let waiting: 'lockedRow' | 'badRow' | null = null;
  return {
    take() {
      const taken = waiting;
      waiting = null;
      return taken;
    },
    set(fault) {
      waiting = fault;
    },
  };
}
