import { type APIRequestContext, expect } from '@playwright/test';
import { hubspotApi } from './app.ts';
import { pageRoutes } from './routes.ts';
import { listIdOf } from './segment-editor.ts';

const salesforce = '/settings/integrations/connected-apps/salesforce';

async function post(app: APIRequestContext, path: string, data: object): Promise<string> {
  const answer = await app.post(path, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { id: string }).id;
}

/** A resync of everybody, once it is over. */
async function finishedRun(app: APIRequestContext): Promise<string> {
  const id = await post(app, '/api/runs', { kind: 'resync' });
  const status = async () => ((await (await app.get(`/api/runs/${id}`)).json()) as { status: string }).status;
  await expect.poll(status, { timeout: 60_000 }).toBe('DONE');
  return id;
}

async function anyContact(): Promise<string> {
  const { results } = (await hubspotApi('GET', '/crm/v3/objects/contacts?limit=1')) as {
    results: { id: string }[];
  };
  return results[0]?.id ?? '';
}

/**
 * Every page with an address at which it can be looked at. Makes the run and the import that two of them tell
 * of. Throws for a page with a name in its address of which no example is told here.
 */
export async function pageAddresses(app: APIRequestContext): Promise<Map<string, string>> {
  const segment = `/segments/${await listIdOf('Sales-ready contacts, EMEA and US')}`;
  const examples = new Map([
    // Logged in one sees it only after something went wrong.
    ['/login', '/login?error=OAuthCallback'],
    ['/segments/new', '/segments/new?object=contact&for=salesforce'],
    ['/segments/[id]', segment],
    ['/segments/[id]/edit', `${segment}/edit`],
    ['/contacts/[id]', `/contacts/${await anyContact()}`],
    ['/sync-activity/runs/[id]', `/sync-activity/runs/${await finishedRun(app)}`],
    [
      `${salesforce}/import/[id]`,
      `${salesforce}/import/${await post(app, '/api/imports', { objects: ['lead'], which: { kind: 'all' } })}`,
    ],
  ]);
  return new Map(
    pageRoutes().map((route) => {
      const address = examples.get(route) ?? route;
      if (address.includes('[')) throw new Error(`Tell an example of ${route}.`);
      return [route, address];
    }),
  );
}
