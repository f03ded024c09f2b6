import { type Html, html, page } from '#simulators/core/html.ts';
import { accounts } from '../account/accounts.ts';
import type { App } from './apps.ts';
import type { OAuthContext } from './token-endpoint.ts';

const PRODUCT = 'HubSpot simulator';
const FIELDS = [
  ...[
    'client_id',
    'redirect_uri',
    'scope',
    'optional_scope',
    'state',
    'code_challenge',
    'code_challenge_method',
  ],
];

interface Ask {
  app: App;
  redirectUri: string;
  scopes: string[];
  optionalScopes: string[];
  portalId?: number;
  params: URLSearchParams;
}

/** `/oauth/authorize` and `/oauth/{portalId}/authorize`: a person picks who they are and connects, or cancels. */
export async function consent(
  context: OAuthContext,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  const match = /^\/oauth\/(?:(\d+)\/)?authorize$/.exec(path);
  if (!match) return undefined;
  const portalId = match[1] === undefined ? undefined : Number(match[1]);
  if (request.method === 'GET') {
    const params = new URL(request.url).searchParams;
    const ask = check(context, params, portalId);
    return typeof ask === 'string' ? errorPage(ask) : htmlResponse(200, askPage(ask, path));
  }
  if (request.method !== 'POST') return undefined;
  const form = new URLSearchParams(await request.text());
  const ask = check(context, form, portalId);
  if (typeof ask === 'string') return errorPage(ask);
  return form.get('decision') === 'connect' ? grant(context, ask, form) : deny(ask);
}

function check(context: OAuthContext, params: URLSearchParams, portalId: number | undefined): Ask | string {
  const app = context.apps().find((each) => each.clientId === params.get('client_id'));
  if (!app) return 'Authorization failed because the client ID is missing or unknown.';
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!app.redirectUris.includes(redirectUri)) {
    return `Authorization failed as the redirect URL '${redirectUri}' doesn't match the app's registered redirect URL.`;
  }
  const split = (name: string) => (params.get(name) ?? '').split(/[ ,]+/).filter(Boolean);
  const scopes = split('scope');
  if (scopes.length === 0) return 'Authorization failed because the scope parameter is missing.';
  const unknown = [...scopes, ...split('optional_scope')].filter((scope) => !app.scopes.includes(scope));
  if (unknown.length > 0) {
    return `Authorization failed because there is a mismatch between the scopes in the install URL and the app's configured scopes: ${unknown.join(', ')}.`;
  }
  if (portalId !== undefined && !accounts.some((account) => account.portalId === portalId)) {
    return 'Authorization failed because you do not have access to this account.';
  }
  const method = params.get('code_challenge_method');
  if (params.get('code_challenge') && method !== 'S256')
    return 'Authorization failed: use code_challenge_method=S256.';
  return { app, redirectUri, scopes, optionalScopes: split('optional_scope'), portalId, params };
}

function htmlResponse(status: number, content: Html): Response {
  const headers = { 'content-type': 'text/html;charset=utf-8', 'cache-control': 'no-store' };
  return new Response(String(content), { status, headers });
}

function errorPage(message: string): Response {
  const content = html`<p class="error" role="alert">${message}</p>`;
  return htmlResponse(400, page({ title: 'Authorization failed', product: PRODUCT, content }));
}

function askPage(ask: Ask, path: string): Html {
  const choices = accounts
    .filter((account) => ask.portalId === undefined || account.portalId === ask.portalId)
    .flatMap((account) => account.members.map((member) => ({ account, member })));
  const hidden = FIELDS.filter((name) => ask.params.has(name)).map(
    (name) => html`<input type="hidden" name="${name}" value="${ask.params.get(name) ?? ''}">`,
  );
  const content = html`<p class="note">This is a simulator with made-up data. Nothing here reaches HubSpot.</p>
<form method="post" action="${path}">
${hidden}
<fieldset><legend>Choose a user and an account</legend>
${choices.map(
  ({ account, member }, position) => html`<label class="choice"><input type="radio" name="who"
value="${account.portalId}:${member.userId}" ${position === 0 ? html`checked` : ''}>
<span>${member.firstName} ${member.lastName} (${member.superAdmin ? 'super admin' : 'user'}), ${account.name}, ${account.portalId}</span></label>`,
)}
</fieldset>
<h2>${ask.app.name} will be able to</h2>
<ul>${ask.scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
<div class="actions"><button name="decision" value="connect">Connect app</button>
<button class="second" name="decision" value="cancel">Cancel</button></div>
</form>`;
  return page({ title: `Connect ${ask.app.name} to HubSpot`, product: PRODUCT, content });
}

function back(ask: Ask, values: Record<string, string>): Response {
  const url = new URL(ask.redirectUri);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  const state = ask.params.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return new Response(null, { status: 302, headers: { location: url.toString() } });
}

function deny(ask: Ask): Response {
  return back(ask, { error: 'access_denied', error_description: 'The user denied access to the app' });
}

function grant(context: OAuthContext, ask: Ask, form: URLSearchParams): Response {
  const [portalId, userId] = (form.get('who') ?? '').split(':').map(Number);
  const account = accounts.find((each) => each.portalId === portalId);
  const member = account?.members.find((each) => each.userId === userId);
  if (!account || !member || (ask.portalId !== undefined && ask.portalId !== portalId)) {
    return errorPage('Choose a user and an account.');
  }
  const scopes = [...new Set(['oauth', ...ask.scopes, ...ask.optionalScopes])];
  const code = context.tokens.issueCode({
    ...{
      clientId: ask.app.clientId,
      appId: ask.app.appId,
      portalId: account.portalId,
      userId: member.userId,
    },
    ...{ scopes, redirectUri: ask.redirectUri },
    challenge: ask.params.get('code_challenge') ?? undefined,
    challengeMethod: ask.params.get('code_challenge_method') ?? undefined,
  });
  return back(ask, { code });
}
