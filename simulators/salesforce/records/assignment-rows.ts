import { toId18 } from '../ids.ts';
import { systemStamp } from './dates.ts';
import type { Org } from './org.ts';

/** The assignment rules of the settings as rows, so that queries find them. */
export function showAssignmentRules(org: Org): void {
  const table = org.table('AssignmentRule');
  for (const { Id } of [...table.scan()]) org.remove('AssignmentRule', Id);
  const stamp = systemStamp(org.clock.now());
  for (const { id, object, active = true } of org.config.current.rules.assignment ?? []) {
    const Id = toId18(id) ?? id;
    table.put({ Id, Name: `Rule of ${object}`, SobjectType: object, Active: active, SystemModstamp: stamp });
  }
}
