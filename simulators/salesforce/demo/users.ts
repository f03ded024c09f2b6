import type { SObject } from '../metadata/types.ts';

type Put = (object: string, values: Record<string, SObject[string]>, at: number) => SObject;

export interface Users {
  queueId: string;
  /** One of the active people who own records, in turn. */
  owner(index: number): string;
}

interface Person {
  first: string;
  last: string;
  mailbox: string;
  profile: 'System Administrator' | 'Standard User' | 'Integration User';
  active: boolean;
}

const PEOPLE: Person[] = [
  {
    first: 'Maya',
    last: 'Lindqvist',
    mailbox: 'maya.lindqvist',
    profile: 'System Administrator',
    active: true,
  },
  { first: 'Oskar', last: 'Brandt', mailbox: 'oskar.brandt', profile: 'System Administrator', active: true },
  { first: 'Inês', last: 'Carvalho', mailbox: 'ines.carvalho', profile: 'Standard User', active: true },
  {
    first: 'Segbridge',
    last: 'Integration',
    mailbox: 'integration',
    profile: 'Integration User',
    active: true,
  },
  { first: 'Tom', last: 'Okafor', mailbox: 'tom.okafor', profile: 'Standard User', active: false },
];

/** Profiles, users (one of them inactive) and a queue for leads. `onAdmin` is told the first administrator's id. */
export function seedUsers(put: Put, at: number, sandbox: boolean, onAdmin: (id: string) => void): Users {
  const profiles = new Map<string, string>();
  for (const name of ['System Administrator', 'Standard User', 'Integration User']) {
    profiles.set(name, put('Profile', { Name: name, UserType: 'Standard' }, at).Id);
  }
  const owners: string[] = [];
  for (const person of PEOPLE) {
    const mail = `${person.mailbox}@northwind.example`;
    const row = put(
      'User',
      {
        Username: sandbox ? `${mail}.sandbox` : mail,
        FirstName: person.first,
        LastName: person.last,
        Email: mail,
        Alias: person.mailbox.slice(0, 8),
        CommunityNickname: person.mailbox,
        CompanyName: 'Northwind Trading',
        IsActive: person.active,
        ProfileId: profiles.get(person.profile),
        UserType: 'Standard',
        TimeZoneSidKey: 'Europe/Berlin',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        UserPermissionsMarketingUser: person.profile !== 'Standard User',
      },
      at,
    );
    if (owners.length === 0) onAdmin(row.Id);
    if (person.active && person.profile !== 'Integration User') owners.push(row.Id);
  }
  const queue = put('Group', { Name: 'Inbound leads', DeveloperName: 'Inbound_leads', Type: 'Queue' }, at);
  put('QueueSobject', { QueueId: queue.Id, SobjectType: 'Lead' }, at);
  return { queueId: queue.Id, owner: (index) => owners[index % owners.length] ?? queue.Id };
}
