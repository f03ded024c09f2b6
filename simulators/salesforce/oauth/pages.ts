import { html, page } from '../../core/html.ts';
import type { SObject } from '../metadata/types.ts';
import type { Org } from '../records/org.ts';

const SCOPES: Record<string, string> = {
  api: 'Read and change data through the API',
  refresh_token: 'Stay connected while you are away',
  offline_access: 'Stay connected while you are away',
  id: 'Know who you are',
  openid: 'Know who you are',
  full: 'Everything you may do',
};

function respond(content: ReturnType<typeof page>, status = 200): Response {
  return new Response(String(content), { status, headers: { 'content-type': 'text/html;charset=UTF-8' } });
}

/** Name of the org in the head of every page. */
export function productName(org: Org): string {
  for (const row of org.table('Organization').scan()) {
    return `Salesforce simulator: ${String(row.Name)}`;
  }
  return 'Salesforce simulator';
}

const nameOf = (user: SObject) => [user.FirstName, user.LastName].filter(Boolean).join(' ');

/** Log-in and consent in one page: who you are, what the app wants, Allow or Deny. */
export function consentPage(org: Org, appName: string, scope: string, params: URLSearchParams): Response {
  const users = [...org.table('User').scan()].filter((user) => user.IsActive === true);
  const preferred = users.find((user) => String(user.Username).startsWith('integration@')) ?? users[0];
  const texts = [...new Set(scope.split(/\s+/).map((each) => SCOPES[each] ?? each))];
  const hidden = [...params].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const choices = users.map(
    (user) => html`<label class="choice"><input type="radio" name="user" value="${user.Id}"
      ${user.Id === preferred?.Id ? 'checked' : ''}> ${nameOf(user)} (${String(user.Username)})</label>`,
  );
  const content = html`<form method="post" action="/services/oauth2/authorize">
    ${hidden}
    <h2 id="who">Log in as</h2>
    <div role="radiogroup" aria-labelledby="who">${choices}</div>
    <h2>${appName} asks to</h2>
    <ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>
    <div class="actions">
      <button name="decision" value="allow">Allow</button>
      <button class="second" name="decision" value="deny">Deny</button>
    </div>
  </form>`;
  return respond(page({ title: 'Allow access?', product: productName(org), content }));
}

/** A refusal that must not be sent to the app's address. */
export function errorPage(code: string, description: string): Response {
  const content = html`<p class="error">error=${code}&amp;error_description=${description}</p>
    <p>${description}</p>`;
  return respond(page({ title: 'We can’t authorize you', product: 'Salesforce simulator', content }), 400);
}
