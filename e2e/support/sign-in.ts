import { type APIRequestContext, expect } from '@playwright/test';

export const maya = 'Maya Lindqvist (super admin), Northwind Trading';
const connectedApps = '/settings/integrations/connected-apps';

/**
 * Logs a context in as a person of HubSpot's made-up account does, without loading any page: for journeys that begin
 * later. `app` are the requests of that context.
 */
export async function enter(app: APIRequestContext, who = maya): Promise<void> {
  const { csrfToken } = (await (await app.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const asked = await app.post('/api/auth/signin/hubspot', {
    form: { csrfToken, callbackUrl: connectedApps, json: 'true' },
  });
  const { url } = (await asked.json()) as { url: string };
  await comeBack(app, await consent(url, { field: 'who', label: who, decision: 'connect' }), connectedApps);
}

/** The same and Salesforce connected, of whoever is logged in. */
export async function connect(app: APIRequestContext): Promise<void> {
  const asked = await app.get('/api/connections/salesforce/authorize?sandbox=false', { maxRedirects: 0 });
  const label = 'integration@northwind.example';
  const answer = await consent(asked.headers().location ?? '', { field: 'user', label, decision: 'allow' });
  await comeBack(app, answer, 'step=sync');
}

/** Fills in a CRM's page on which a person lets the app in; answers where it leads. */
async function consent(
  url: string,
  { field, label, decision }: { field: string; label: string; decision: string },
): Promise<string> {
  const page = new URL(url);
  const shown = await (await fetch(page)).text();
  const choices = [...shown.matchAll(/value="([^"]+)"[^>]*>\s*(?:<span>)?([^<]*)/g)];
  const choice = choices.find(([, , text]) => text?.includes(label));
  expect(choice, `${page.pathname} offers ${label}`).toBeDefined();
  const form = new URLSearchParams(page.searchParams);
  form.set(field, choice?.[1] ?? '');
  form.set('decision', decision);
  const answer = await fetch(page.origin + page.pathname, { method: 'POST', body: form, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** The way back to the app, up to the page on which a person would arrive. */
async function comeBack(app: APIRequestContext, callback: string, end: string): Promise<void> {
  const answer = await app.get(callback, { maxRedirects: 0 });
  expect(answer.headers().location, await answer.text()).toContain(end);
}
