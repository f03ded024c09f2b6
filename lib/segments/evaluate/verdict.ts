/** `unknown`: what was given does not decide it; only HubSpot can. */
export type Verdict = 'yes' | 'no' | 'unknown';

export function of(condition: boolean): Verdict {
  return condition ? 'yes' : 'no';
}

export function not(verdict: Verdict): Verdict {
  if (verdict === 'unknown') return 'unknown';
  return verdict === 'yes' ? 'no' : 'yes';
}

/**
 * What to compare with is blank. Nothing matches a value that is not there; whether the switch for blanks
 * holds for the other property too is not documented.
 */
export function withoutOther(operation: { includeObjectsWithNoValueSet: boolean }): Verdict {
  return operation.includeObjectsWithNoValueSet ? 'unknown' : 'no';
}
