import type { Values } from '#lib/crm/ports.ts';
import type { Change } from '../change.ts';
import type { Shadow } from '../shadow.ts';
import type { Person } from './person.ts';

/** A person under way: its link's id, and what became of each change so far. */
export type Work = {
  person: Person;
  linkId: string;
  changes: Change[];
  isLater: boolean;
  /** What HubSpot says of the contact after the write. */
  answered: Values | null;
};

/** What both sides agree on now: the former agreements, and every write that went through. */
export function shadowAfter({ person, changes, answered }: Work, at: Date): Shadow {
  const shadow: Shadow = { ...person.plan.shadow };
  for (const change of changes) {
    const pair = person.plan.intended[change.mappingId];
    if (change.failure || !pair) continue;
    const isHubSpot = change.to === 'hubspot';
    const h = isHubSpot ? (answered?.[change.property] ?? pair.h) : pair.h;
    shadow[change.mappingId] = {
      h,
      s: pair.s,
      at: at.toISOString(),
      ...(isHubSpot ? {} : { sent: true }),
    };
  }
  return shadow;
}
