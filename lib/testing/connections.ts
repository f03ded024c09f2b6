import {
  beginSalesforceConsent,
  completeSalesforceConsent,
  saveHubSpotConnection,
} from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import type { TestWorkspace } from './database.ts';
import type { Simulator } from './simulators.ts';

/** Connects a workspace to an account of the HubSpot simulator, as a log-in does. */
export async function connectHubSpot(
  { workspaceId, userId, actor }: TestWorkspace,
  hubspot: Simulator,
  who?: { account?: string; user?: string },
): Promise<void> {
  const tokens = (await hubspot.tokens(who)) as Awaited<ReturnType<Simulator['tokens']>> & {
    portalId: number;
    userId: number;
    scopes: string[];
    expiresIn: number;
  };
  await saveHubSpotConnection({
    workspaceId,
    userId,
    userName: actor.name,
    hubId: String(tokens.portalId),
    hubDomain: 'northwind.example',
    hubspotUserId: String(tokens.userId),
    email: actor.email,
    tokens: {
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken,
      scopes: tokens.scopes,
      expiresAt: new Date((await now()).getTime() + tokens.expiresIn * 1_000),
    },
    reconnect: true,
  });
}

/** What a person does on Salesforce's page; `username` may be its beginning. Answers what comes back to us. */
export async function answerConsent(
  url: string,
  { username = 'integration@', decision = 'allow' as 'allow' | 'deny' } = {},
): Promise<Record<string, string>> {
  const page = new URL(url);
  const shown = await (await fetch(page)).text();
  const form = new URLSearchParams(page.searchParams);
  form.set('decision', decision);
  form.set('user', userId(shown, username));
  const answer = await fetch(page.origin + page.pathname, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (!location) throw new Error(`Salesforce did not send the browser back: ${answer.status}`);
  return Object.fromEntries(new URL(location).searchParams);
}

function userId(page: string, username: string): string {
  const choices = [...page.matchAll(/value="(005\w+)"[^>]*>([^<]*)/g)];
  const choice = choices.find(([, , label]) => label?.includes(`(${username}`));
  if (!choice?.[1]) throw new Error(`Salesforce offers no user ${username}.`);
  return choice[1];
}

/** Connects a workspace to the Salesforce simulator, or its sandbox, through the whole consent. */
export async function connectSalesforce(
  { actor }: TestWorkspace,
  { sandbox = false, otherOrg = false, username = 'integration@' } = {},
): Promise<void> {
  const begun = await beginSalesforceConsent(actor, { sandbox, otherOrg });
  if (!begun.ok) throw new Error(begun.failure.code);
  const completed = await completeSalesforceConsent(
    actor,
    await answerConsent(begun.value.url, { username }),
  );
  if (!completed.ok) throw new Error(completed.failure.code);
}
