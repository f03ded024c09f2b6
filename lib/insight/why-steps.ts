import { linkKind, type WhyFacts } from './why-rules.ts';
import type { Step } from './why-schemas.ts';

/** The six steps; after the first that this person does not pass, the rest is not reached. Pure. */
export function stepsOf(facts: WhyFacts): Step[] {
  const steps = [
    runningStep(facts),
    triggerStep(facts),
    listStep(facts),
    linkStep(facts),
    budgetStep(facts),
    writtenStep(facts),
  ];
  const isGone = facts.contact !== 'known';
  // Pauses are everybody's: whether the person itself passes is told all the same.
  const stop = isGone ? 1 : steps.findIndex(({ state }, index) => index > 0 && state === 'failed');
  return steps.map((each, index) => (stop >= 0 && index > stop ? step(each.id, 'open', null) : each));
}

function step(
  id: Step['id'],
  state: Step['state'],
  fact: string | null,
  more: { values?: Step['values']; at?: string | null } = {},
): Step {
  return { id, state, fact, values: more.values ?? {}, at: more.at ?? null };
}

function runningStep({ connected, expired, paused, held }: WhyFacts): Step {
  if (!connected) return step('running', 'failed', expired ? 'expired' : 'not_connected');
  if (paused) {
    return paused.by === null
      ? step('running', 'failed', 'paused', { at: paused.since })
      : step('running', 'failed', 'paused_by', { values: { name: paused.by }, at: paused.since });
  }
  if (held) return step('running', 'failed', 'held', { at: held.since });
  return step('running', 'passed', 'connected');
}

function triggerStep({ cause, contact }: WhyFacts): Step {
  if (contact !== 'known') return step('trigger', 'failed', contact);
  if (!cause) return step('trigger', 'waiting', 'nothing');
  const values = { kind: cause.kind, side: cause.side, ...(cause.label ? { label: cause.label } : {}) };
  return step('trigger', 'passed', cause.label ? 'property' : 'cause', { values, at: cause.at });
}

function listStep({ list, standing, stay, groups, switchUntil }: WhyFacts): Step {
  if (list === 'none') return step('list', 'passed', 'no_limit');
  if (list === 'gone') return step('list', 'failed', 'gone');
  if (standing === 'waits') return step('list', 'waiting', 'switch', { at: switchUntil });
  if (standing === 'member') {
    const at = stay && !stay.until ? stay.since : null;
    return step('list', 'passed', groups ? 'through' : 'member', { values: { groups }, at });
  }
  return list === 'processing' ? step('list', 'waiting', 'processing') : step('list', 'failed', 'outside');
}

function linkStep(facts: WhyFacts): Step {
  const { link, outcome, tombstone, hasEmail } = facts;
  const kind = linkKind(facts);
  if (kind)
    return step('link', 'failed', kind, { at: kind === 'link_lost' ? (tombstone?.at ?? null) : null });
  if (!link) return step('link', hasEmail ? 'waiting' : 'failed', hasEmail ? 'will_match' : 'no_email');
  const values = { object: link.object, id: link.recordId };
  return outcome?.severalRecords
    ? step('link', 'caution', 'several', { values })
    : step('link', 'passed', 'linked', { values });
}

function budgetStep({ budget }: WhyFacts): Step {
  const { used, allocation, freeAt } = budget;
  if (allocation === null) return step('budget', 'passed', 'unknown');
  const values = { left: Math.max(allocation - used, 0), used, allocation };
  return used >= allocation
    ? step('budget', 'failed', 'used_up', { values, at: freeAt })
    : step('budget', 'passed', 'left', { values });
}

function writtenStep(facts: WhyFacts): Step {
  const { outcome, link, differing, open } = facts;
  if (outcome?.failure) return step('written', 'failed', 'failed', { at: outcome.at });
  if (open || !outcome || (link && differing > 0)) return step('written', 'waiting', 'nothing');
  if (outcome.result === 'SKIPPED') return step('written', 'waiting', 'skipped', { at: outcome.at });
  if (outcome.written === 0 || outcome.to === null)
    return step('written', 'passed', 'same', { at: outcome.at });
  const values = { count: outcome.written, to: outcome.to };
  return step('written', 'passed', 'values', { values, at: outcome.at });
}
