import { inOrg } from './connections.ts';
import { doRareStep } from './rare-people.ts';
import { isRare } from './rare-steps.ts';
import { type Step, soonMs } from './steps.ts';
import type { World } from './world.ts';

/** A change by a person or an automation, as the model needs it: what became of a value, and when. */
export type Edit = {
  at: number;
  side: 'hubspot' | 'salesforce';
  /** In Salesforce: where. */
  orgId: string | null;
  id: string;
  name: string;
  value: string | null;
  late: boolean;
};

/** Lets a person do what the step says, if there is whom it needs; answers what values it gave. */
export function doStep(world: World, step: Step): Edit[] {
  if (isRare(step)) return doRareStep(world, step);
  if (step.do.startsWith('hubspot.')) return inHubSpot(world, step);
  if (step.do.startsWith('salesforce.')) return inSalesforce(world, step);
  switch (step.do) {
    case 'in_org': {
      const other = inOrg(world, step.org);
      return other ? doStep(other, step.step) : [];
    }
    case 'list.edit': {
      const list = world.account.lists.get(world.listIds[step.list] ?? '');
      if (list && list.deletedAt === null) world.editList(list.listId, step.city);
      return [];
    }
    case 'list.state':
      world.setListState(world.listIds[step.list] ?? '', step.to);
      return [];
    case 'choose':
      world.db.changeSetting(
        'inclusionListId',
        step.list === null ? null : (world.listIds[step.list] ?? null),
      );
      return [];
    case 'set':
      set(world, step);
      return [];
    case 'advance':
      world.advance(step.ms);
      return [];
    case 'fault':
      world.faults.add({
        ...{ crm: step.crm, kind: step.kind, times: step.times },
        ...(step.method === undefined ? {} : { method: step.method }),
      });
      return [];
    default:
      return [];
  }
}

function set(world: World, { key, on }: Step & { do: 'set' }): void {
  if (key === 'salesforceChanges') world.db.changeSetting(key, on ? 'create_or_update' : 'do_nothing');
  if (key === 'hubspotCreates') world.db.changeSetting(key, on ? 'lead' : 'contact');
  if (key === 'salesforceDeletes') world.db.changeSetting(key, on ? 'delete_contact' : 'do_nothing');
  if (key === 'paused') world.db.changeSetting(key, on);
}

function pick<T>(items: readonly T[], number: number): T | undefined {
  return items[number % Math.max(items.length, 1)];
}

function inHubSpot({ account, clock }: World, step: Step): Edit[] {
  const living = [...account.contacts.values()].filter(({ archivedAt }) => archivedAt === null);
  const archived = [...account.contacts.values()].filter(({ archivedAt }) => archivedAt !== null);
  const edits = (id: string, values: Record<string, string | null>): Edit[] =>
    Object.entries(values).map(([name, value]) => ({
      ...{ at: clock.ms(), side: 'hubspot', orgId: null, id, name, value, late: false },
    }));
  switch (step.do) {
    case 'hubspot.create': {
      const made = account.create(step.values);
      return made.ok ? edits(made.value.id, step.values) : [];
    }
    case 'hubspot.edit': {
      const contact = pick(living, step.who);
      if (!contact || !account.update(contact.id, { [step.name]: step.value }).ok) return [];
      return edits(contact.id, { [step.name]: step.value });
    }
    case 'hubspot.archive':
      account.archive(pick(living, step.who)?.id ?? '');
      return [];
    case 'hubspot.restore':
      account.restore(pick(archived, step.who)?.id ?? '');
      return [];
    case 'hubspot.erase':
      account.erase(pick(living, step.who)?.id ?? '');
      return [];
    case 'hubspot.merge': {
      const [primary, other] = [pick(living, step.who), pick(living, step.other)];
      if (!primary || !other || primary === other) return [];
      const id = account.merge(primary.id, other.id);
      return edits(id, { ...(account.contacts.get(id)?.values ?? {}) });
    }
    default:
      return [];
  }
}

function inSalesforce(world: World, step: Step): Edit[] {
  const { org, clock } = world;
  const all = org.all().filter(({ id }) => !org.isHeld(id));
  const living = all.filter(({ deletedAt, convertedTo }) => deletedAt === null && convertedTo === null);
  const deleted = all.filter(({ deletedAt, mergedInto }) => deletedAt !== null && mergedInto === null);
  const edits = (id: string, values: Record<string, string | null>, late = false): Edit[] =>
    Object.entries(values).map(([name, value]) => ({
      ...{ at: clock.ms(), side: 'salesforce', orgId: org.orgId, id, name, value, late },
    }));
  switch (step.do) {
    case 'salesforce.create': {
      const made = org.create(step.object, step.values);
      return made.ok ? edits(made.value.id, step.values) : [];
    }
    case 'salesforce.edit': {
      const record = pick(living, step.who);
      const name = record?.object === 'Contact' && step.name === 'City' ? 'MailingCity' : step.name;
      if (!record || !org.schema.all(record.object).has(name)) return [];
      const { lateMs, value } = step;
      // A late save with the stamp of one that was seen cannot be told from it.
      const isHidden = record.systemModstamp === Math.floor(clock.ms() / 1_000) * 1_000;
      if (lateMs > soonMs || (lateMs > 0 && isHidden)) world.lateRecords.add(record.id);
      const saved = org.update(record.id, { [name]: value }, lateMs > 0 ? { lateMs } : {});
      return saved.ok ? edits(record.id, { [name]: value }, lateMs > 0) : [];
    }
    case 'salesforce.delete':
    case 'salesforce.touch': {
      const record = pick(living, step.who);
      if (record && step.do === 'salesforce.delete') org.delete(record.id);
      else if (record) org.touch(record.id);
      return [];
    }
    case 'salesforce.undelete': {
      const record = pick(deleted, step.who);
      if (record) org.undelete(record.id);
      return [];
    }
    case 'salesforce.merge': {
      const winner = pick(living, step.who);
      const others = living.filter(({ object, id }) => object === winner?.object && id !== winner.id);
      const loser = pick(others, step.other);
      if (winner && loser) org.merge(winner.id, loser.id);
      return [];
    }
    case 'salesforce.convert': {
      const lead = pick(
        living.filter(({ object }) => object === 'Lead'),
        step.who,
      );
      const contacts = living.filter(({ object }) => object === 'Contact');
      const into = step.into === null ? undefined : pick(contacts, step.into);
      if (!lead) return [];
      const id = org.convert(lead.id, into?.id ?? null);
      return edits(id, { ...(org.get(id)?.values ?? {}) });
    }
    default:
      return [];
  }
}
