import type { World } from '../world.ts';

/** An app that may ask for access. */
export interface App {
  appId: number;
  name: string;
  clientId: string;
  clientSecret: string;
  /** Key for the developer APIs, sent as `?hapikey=` by the published client. */
  developerKey: string;
  redirectUris: readonly string[];
  /** What the app is set up to ask for; an authorize address with anything else is refused. */
  scopes: readonly string[];
}

const sensitiveScopes: readonly string[] = ['contacts', 'companies', 'deals', 'custom'].flatMap((name) =>
  ['sensitive', 'highly_sensitive'].flatMap((kind) =>
    ['read', 'write'].map((right) => `crm.objects.${name}.${kind}.${right}.v2`),
  ),
);

const allScopes: readonly string[] = [
  ...['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.objects.companies.read'],
  ...[
    'crm.objects.companies.write',
    'crm.objects.deals.read',
    'crm.objects.deals.write',
    'crm.objects.owners.read',
  ],
  ...['crm.objects.custom.read', 'crm.objects.custom.write', 'crm.objects.line_items.read'],
  ...['crm.objects.line_items.write', 'crm.objects.products.read', 'crm.objects.products.write', 'tickets'],
  ...['crm.schemas.contacts.read', 'crm.schemas.contacts.write', 'crm.schemas.companies.read'],
  ...['crm.schemas.companies.write', 'crm.schemas.deals.read', 'crm.schemas.deals.write'],
  ...[
    'crm.schemas.custom.read',
    'crm.schemas.custom.write',
    'crm.lists.read',
    'crm.lists.write',
    'crm.import',
  ],
  ...['settings.users.read', 'developers-read', 'developers-write'],
  ...sensitiveScopes,
  ...['developer.webhooks_journal.read', 'developer.webhooks_journal.subscriptions.read'],
  ...['developer.webhooks_journal.subscriptions.write', 'developer.webhooks_journal.snapshots.write'],
];

/** The registered apps: the product's own, and a second one for checks of rights between apps. */
export function appsOf(world: World, redirectUris: readonly string[]): App[] {
  const addresses = [...redirectUris, ...world.config.current.redirectUris];
  return [
    {
      ...{ appId: 16_111_050, name: 'Segbridge', clientId: 'segbridge-hubspot' },
      developerKey: 'simulated-developer-key',
      ...{ clientSecret: 'simulated-hubspot-app-secret', redirectUris: addresses, scopes: allScopes },
    },
    {
      ...{ appId: 16_111_051, name: 'Another app', clientId: 'another-app' },
      developerKey: 'simulated-other-developer-key',
      ...{ clientSecret: 'simulated-other-app-secret', redirectUris: addresses, scopes: allScopes },
    },
  ];
}
