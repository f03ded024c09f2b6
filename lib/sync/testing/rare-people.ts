import { resumeRun, startImport, stopRun } from './asked-runs.ts';
import { connect, disconnect, swapTo } from './connections.ts';
import type { MemoryDatabase } from './memory/database.ts';
import { eraseContacts, withFormerIds } from './memory/sync-tx.ts';
import { addTriggers } from './memory/triggers.ts';
import type { Edit } from './people.ts';
import type { RareStep } from './rare-steps.ts';
import type { World } from './world.ts';

/** Lets happen what the step says; answers what values people gave. */
export function doRareStep(world: World, step: RareStep): Edit[] {
  switch (step.do) {
    case 'import.start':
      startImport(world, step.object);
      return [];
    case 'run.stop':
      stopRun(world);
      return [];
    case 'run.resume':
      resumeRun(world);
      return [];
    case 'field.hide':
      world.org.schema.hide(step.object, step.name);
      return [];
    case 'field.show':
      world.org.schema.giveBack(step.object, step.name);
      return [];
    case 'hubspot.forget':
      forget(world, step.who);
      return [];
    case 'disconnect':
      disconnect(world, step.crm);
      return [];
    case 'swap':
      swapTo(world, step.to, step.found);
      return [];
    case 'automate':
      world.automations.set(world, step.what, step.on);
      return [];
    case 'connect':
      connect(world);
      return [];
    case 'rule': {
      const mapping = world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === step.property);
      if (mapping) world.db.changeRule(mapping.id, step.rule);
      return [];
    }
  }
}

/** What HubSpot's webhook of a privacy deletion does at once, whoever works on the contact just then. */
function forget({ account, orgs, clock, forgotten }: World, who: number): void {
  const living = [...account.contacts.values()].filter(({ archivedAt }) => archivedAt === null);
  const contact = living[who % Math.max(living.length, 1)];
  if (!contact) return;
  account.erase(contact.id);
  for (const { db } of orgs) forgetIn(db, contact.id, clock.now());
  forgotten.add(contact.id);
}

function forgetIn(db: MemoryDatabase, id: string, at: Date): void {
  const ids = withFormerIds(db, id);
  const isOf = ({ contactId }: { contactId: string | null }) => contactId !== null && ids.includes(contactId);
  eraseContacts(db, id, at);
  for (const stay of db.stays.where(isOf)) db.stays.delete(stay.id);
  for (const row of db.triggers.where(isOf)) db.triggers.delete(row.id);
  for (const each of ids) db.pairs.delete(`hubspot:${each}`);
  const cause = { kind: 'deleted', side: 'hubspot', source: 'webhook', privacy: true } as const;
  const causes = [{ ...cause, at: at.toISOString() }];
  addTriggers(db, [{ contactId: id, recordId: null, object: null, causes }], at);
}
