/** How far back Salesforce counts calls. */
export const budgetWindowMs = 24 * 3_600_000;

/** The calls that the sync may make in 24 hours: as allocated, else a fifth of what the org may make. */
export function allocationOf(allocated: number | null, orgLimit: number | null): number | null {
  return allocated ?? (orgLimit === null ? null : Math.floor(orgLimit / 5));
}

/** Without any known limit there is nothing to use up. `low`: from three quarters on, what is only tried again does not count as urgent. */
export function budgetState(used: number, allocation: number | null): 'free' | 'low' | 'used_up' {
  if (allocation === null) return 'free';
  if (used >= allocation) return 'used_up';
  return used >= allocation * 0.75 ? 'low' : 'free';
}
