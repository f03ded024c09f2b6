import type { ProfileRights } from './metadata/access.ts';

interface ValidationRule {
  name: string;
  object: string;
  /** A SOQL condition; a record that meets it is refused. */
  condition: string;
  message: string;
  /** The field the message stands at; none puts it at the top of the page. */
  field?: string;
  active?: boolean;
}

export interface DuplicateRule {
  name: string;
  object: string;
  /** All of these fields must be equal (ignoring case) and filled. */
  matchOn: string[];
  /** Objects searched for matches; its own one unless named. */
  matchObjects?: string[];
  action: 'block' | 'alert';
  message?: string;
  active?: boolean;
}

export interface AssignmentRule {
  id: string;
  object: string;
  active?: boolean;
  /** The first entry whose SOQL condition holds (none always holds) sets the owner. */
  entries: { condition?: string; ownerId: string }[];
}

/** A row held by somebody else: writes to it, or to records under it, fail with UNABLE_TO_LOCK_ROW. */
interface RowLock {
  id: string;
  /** How many writes it refuses; all of them when absent. */
  times?: number;
}

interface Rules {
  validation?: ValidationRule[];
  duplicate?: DuplicateRule[];
  assignment?: AssignmentRule[];
  locks?: RowLock[];
}

/** Settings of `/__control/config`. Times are milliseconds of virtual time. */
export interface SalesforceConfig {
  /** Requests in any 24 hours. */
  dailyApiLimit: number;
  /** How long after a write others see it: a transaction that stays open. */
  commitDelayMs: number;
  /** An access token that is not used this long dies. */
  sessionTimeoutMs: number;
  /** How long a bulk job stays in each of its states. */
  bulkStepMs: number;
  /** The most rows of one page of a bulk query, however many are asked for. */
  bulkQueryPage: number;
  rules: Rules;
  /** Rights by the name of the profile; what is not named is allowed. */
  profiles: Record<string, ProfileRights>;
  /** Redirect addresses of both connected apps besides those given at the start. */
  redirectUris: string[];
  /** Log-in by user name and password, for tests alone. */
  passwordLogin: boolean;
}

/** The matching rules a new org has: allow, but warn, so that the API refuses without `allowSave=true`. */
function standardDuplicateRules(): DuplicateRule[] {
  const rule = (object: string, matchOn: string[]): DuplicateRule => ({
    name: `Standard_${object}_Duplicate_Rule`,
    object,
    matchOn,
    action: 'alert',
  });
  return [rule('Lead', ['Email', 'LastName']), rule('Contact', ['Email', 'LastName'])];
}

export function defaultConfig(): SalesforceConfig {
  return {
    dailyApiLimit: 100_000,
    commitDelayMs: 0,
    sessionTimeoutMs: 2 * 60 * 60 * 1000,
    bulkStepMs: 200,
    bulkQueryPage: 50_000,
    rules: { duplicate: standardDuplicateRules() },
    profiles: {},
    redirectUris: [],
    passwordLogin: false,
  };
}
