interface HubSpotUser {
  /** The same in every account. */
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
}

export interface Member extends HubSpotUser {
  superAdmin: boolean;
  roleIds: string[];
  /** What records hold in `hubspot_owner_id`. */
  ownerId: string;
  teams?: readonly Team[];
}

interface Team {
  id: string;
  name: string;
  primary: boolean;
}

export interface Account {
  portalId: number;
  name: string;
  domain: string;
  timeZone: string;
  currency: string;
  uiDomain: string;
  dataHostingLocation: string;
  accountType: string;
  members: readonly Member[];
  /** Who left: archived owners, whom records can no longer be given to. */
  formerMembers: readonly Member[];
}

const maya = {
  userId: 60342733,
  email: 'maya.lindqvist@northwind.example',
  firstName: 'Maya',
  lastName: 'Lindqvist',
};
const oskar = {
  userId: 60342734,
  email: 'oskar.brandt@northwind.example',
  firstName: 'Oskar',
  lastName: 'Brandt',
};
const ines = {
  userId: 60342735,
  email: 'ines.carvalho@northwind.example',
  firstName: 'Inês',
  lastName: 'Carvalho',
};

const tove = {
  userId: 60342691,
  email: 'tove.halvorsen@northwind.example',
  firstName: 'Tove',
  lastName: 'Halvorsen',
};
const emea: Team = { id: '5501871', name: 'Sales EMEA', primary: true };
const americas: Team = { id: '5501872', name: 'Sales Americas', primary: false };

/** The accounts that exist, whatever the seed. */
export const accounts: readonly Account[] = [
  {
    portalId: 147893286,
    name: 'Northwind Trading',
    domain: 'northwind.example',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    uiDomain: 'app-eu1.hubspot.com',
    dataHostingLocation: 'eu1',
    accountType: 'STANDARD',
    members: [
      { ...maya, superAdmin: true, roleIds: ['100041'], ownerId: '83104201' },
      { ...oskar, superAdmin: true, roleIds: ['100041'], ownerId: '83104202', teams: [emea, americas] },
      { ...ines, superAdmin: false, roleIds: ['100042'], ownerId: '83104203', teams: [emea] },
    ],
    formerMembers: [{ ...tove, superAdmin: false, roleIds: [], ownerId: '83104177' }],
  },
  {
    portalId: 148220417,
    name: 'Fjordlight Studio',
    domain: 'fjordlight.example',
    timeZone: 'America/New_York',
    currency: 'USD',
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
    accountType: 'STANDARD',
    members: [{ ...maya, superAdmin: true, roleIds: [], ownerId: '90217701' }],
    formerMembers: [],
  },
];
