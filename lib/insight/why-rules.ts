import type { Criterion, Obstacle, VerdictKind, WhyFailure, WhyVerdict } from './why-schemas.ts';

type Object = 'lead' | 'contact';

/** Everything that decides whether one person syncs, as it was read. Times are ISO texts. */
export type WhyFacts = {
  connected: boolean;
  expired: boolean;
  paused: { by: string | null; since: string | null } | null;
  held: { since: string } | null;
  budget: { used: number; allocation: number | null; freeAt: string | null };
  list: 'none' | 'ready' | 'processing' | 'gone';
  contact: 'known' | 'gone' | 'erased';
  goneAt: string | null;
  /** The last deletion went from Salesforce to HubSpot, by the setting. */
  deletedBySalesforce: boolean;
  hasEmail: boolean;
  standing: 'member' | 'waits' | 'outside';
  switchUntil: string | null;
  /** The newest stay in the list that was stored. */
  stay: { since: string; until: string | null } | null;
  groups: string;
  criterion: Criterion | null;
  link: { object: Object; recordId: string; origin: string; importOnly: boolean; createdAt: string } | null;
  tombstone: { object: Object; cause: string; at: string; mergedInto: string | null } | null;
  outcome: {
    result: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'SKIPPED' | 'FAILED';
    reason: string | null;
    at: string;
    written: number;
    to: 'hubspot' | 'salesforce' | null;
    severalRecords: boolean;
    failure: WhyFailure | null;
  } | null;
  /** The newest cause that asked for this person, open or closed. */
  cause: { kind: string; side: string; label: string | null; at: string } | null;
  open: { waitsFor: string | null; dueAt: string; attempts: number } | null;
  differing: number;
  agreedAt: string | null;
};

/** What a CRM that gave no useful answer leaves behind. */
const passing = [
  'salesforce_unavailable',
  'hubspot_unavailable',
  'record_locked',
  'unanswered_creation',
  'salesforce_rate_limited',
  'hubspot_rate_limited',
];

/** What holds up everybody, the heaviest first. */
export function obstaclesOf(facts: WhyFacts): Obstacle[] {
  const { paused, held, budget } = facts;
  const isUsedUp = budget.allocation !== null && budget.used >= budget.allocation;
  return [
    ...(facts.connected ? [] : [obstacle('not_connected')]),
    ...(paused ? [{ kind: 'paused' as const, by: paused.by, at: paused.since }] : []),
    ...(facts.list === 'gone' ? [obstacle('list_gone')] : []),
    ...(held ? [{ kind: 'held' as const, by: null, at: held.since }] : []),
    ...(isUsedUp ? [{ kind: 'budget' as const, by: null, at: budget.freeAt }] : []),
  ];
}

function obstacle(kind: Obstacle['kind']): Obstacle {
  return { kind, by: null, at: null };
}

/** The first no that belongs to this person; what holds up everybody only if nothing personal does. Pure. */
export function verdictOf(facts: WhyFacts): WhyVerdict {
  const kind = lifeKind(facts) ?? listKind(facts) ?? linkKind(facts) ?? failureKind(facts);
  const [general] = obstaclesOf(facts);
  if (kind) return verdict(facts, kind);
  if (general)
    return { ...verdict(facts, general.kind), by: general.by, at: general.at, since: since(general) };
  return verdict(facts, turnKind(facts));
}

function since({ kind, at }: Obstacle): string | null {
  return kind === 'budget' ? null : at;
}

function lifeKind({ contact, deletedBySalesforce }: WhyFacts): VerdictKind | null {
  if (contact === 'erased') return 'erased';
  if (contact === 'gone') return deletedBySalesforce ? 'deleted_here' : 'deleted';
  return null;
}

/** Outside the list, and in which way. */
function listKind({ list, standing, link, stay }: WhyFacts): VerdictKind | null {
  if (list === 'none' || list === 'gone') return null;
  if (list === 'processing') return standing === 'member' ? null : 'processing';
  if (standing === 'waits') return 'switch_waits';
  if (standing === 'member') return null;
  if (link?.importOnly) return 'email_only';
  if (stay?.until) return 'left';
  return link?.origin === 'CREATION_EXCEPTION' ? 'exception' : 'outside';
}

/** What keeps a member from being paired. */
export function linkKind({ link, tombstone, outcome, hasEmail }: WhyFacts): VerdictKind | null {
  if (link) return outcome?.reason === 'salesforce_changes_off' ? 'salesforce_off' : null;
  const code = outcome?.failure?.code;
  if (code === 'address_held') return 'address_held';
  if (tombstone?.cause === 'merged') return 'merged';
  if (tombstone?.cause === 'deleted_in_salesforce') return 'link_lost';
  if (!hasEmail) return 'no_email';
  if (outcome?.reason === 'other_record_used') return 'other_record';
  return outcome?.reason === 'salesforce_changes_off' ? 'salesforce_off' : null;
}

function failureKind({ outcome }: WhyFacts): VerdictKind | null {
  if (!outcome?.failure) return null;
  return outcome.failure.code === 'automation_loop' ? 'automation_loop' : 'failed';
}

/** Nothing stands in the way: it has its turn, had it, or nothing asked for it. */
function turnKind({ open, link, differing }: WhyFacts): VerdictKind {
  if (open) return passing.includes(open.waitsFor ?? '') ? 'passing' : 'waiting';
  return link && differing === 0 ? 'syncing' : 'never_triggered';
}

function verdict(facts: WhyFacts, kind: VerdictKind): WhyVerdict {
  const { criterion, outcome, link, tombstone, differing } = facts;
  const isOutside = ['outside', 'left', 'exception', 'email_only'].includes(kind);
  const isFailed = ['failed', 'automation_loop', 'address_held'].includes(kind);
  return {
    kind,
    since: sinceOf(facts, kind),
    at: atOf(facts, kind),
    by: kind === 'merged' ? (tombstone?.mergedInto ?? null) : null,
    criterion: isOutside ? criterion : null,
    failure: isFailed ? (outcome?.failure ?? null) : null,
    object: link?.object ?? tombstone?.object ?? null,
    changes: differing,
  };
}

function sinceOf({ stay, criterion, outcome, link, tombstone, goneAt }: WhyFacts, kind: VerdictKind) {
  switch (kind) {
    case 'left':
      return stay?.until ?? null;
    case 'outside':
    case 'exception':
    case 'email_only':
      return criterion?.since ?? null;
    case 'failed':
    case 'automation_loop':
    case 'address_held':
    case 'other_record':
    case 'salesforce_off':
    case 'no_email':
      return outcome?.at ?? null;
    case 'link_lost':
    case 'merged':
      return tombstone?.at ?? null;
    case 'deleted':
    case 'deleted_here':
    case 'erased':
      return goneAt;
    default:
      return stay && !stay.until ? stay.since : (link?.createdAt ?? null);
  }
}

function atOf({ agreedAt, open, switchUntil, tombstone, goneAt, link }: WhyFacts, kind: VerdictKind) {
  if (kind === 'syncing') return agreedAt;
  if (kind === 'waiting' || kind === 'passing') return open?.dueAt ?? null;
  if (kind === 'switch_waits') return switchUntil;
  if (kind === 'link_lost' || kind === 'merged') return tombstone?.at ?? null;
  if (kind === 'exception' || kind === 'email_only') return link?.createdAt ?? null;
  return kind === 'deleted' || kind === 'deleted_here' || kind === 'erased' ? goneAt : null;
}
