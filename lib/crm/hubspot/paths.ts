/**
 * Where HubSpot's API families live. A family moves to a dated version by its one line here; the bodies
 * are the same. HubSpot ends v3 in September 2027 and OAuth v1 in February 2027.
 */
export const paths = {
  oauth: '/oauth/2026-03',
  users: '/settings/users/2026-03',
  account: '/account-info/v3',
  contacts: '/crm/v3/objects/contacts',
  properties: '/crm/v3/properties/contacts',
  companyProperties: '/crm/v3/properties/companies',
  dealProperties: '/crm/v3/properties/deals',
  companies: '/crm/v3/objects/companies',
  deals: '/crm/v3/objects/deals',
  associations: '/crm/v4/associations',
  owners: '/crm/v3/owners',
  lists: '/crm/v3/lists',
} as const;

export const contactTypeId = '0-1';
