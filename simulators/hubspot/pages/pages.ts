import { type Html, html, page } from '#simulators/core/html.ts';
import { accounts } from '../account/accounts.ts';
import type { ApiContext } from '../api.ts';
import { ApiError } from '../http/errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { CrmRecord, Property } from '../objects/types.ts';
import { archiveRecord, createRecord, updateRecord } from '../objects/write.ts';
import type { Portal } from '../portal.ts';

const PRODUCT = 'HubSpot simulator';
const PAGE_SIZE = 50;
const EDITABLE = [
  ...['firstname', 'lastname', 'email', 'phone', 'mobilephone', 'company', 'jobtitle', 'lifecyclestage'],
  ...['hs_lead_status', 'hubspot_owner_id', 'country', 'city', 'zip', 'address', 'website', 'hs_language'],
];

/** `/contacts`: the demo's people in a browser, to look at and to change by hand as one would in HubSpot. */
export async function recordPages(
  context: ApiContext,
  request: Request,
  path: string,
): Promise<Response | undefined> {
  if (path === '/' && request.method === 'GET') return redirect('/contacts');
  const list = /^\/contacts(?:\/(\d+))?$/.exec(path);
  const record = /^\/contacts\/(\d+)\/(?:record\/0-1\/(\d+)|(new))$/.exec(path);
  const portal = context.portals.get(Number(list?.[1] ?? record?.[1] ?? accounts[0]?.portalId));
  if ((!list && !record) || !portal) return undefined;
  const url = new URL(request.url);
  if (list) return request.method === 'GET' ? listPage(portal, url) : undefined;
  const id = record?.[2];
  if (request.method === 'GET') return recordPage(portal, id, {});
  if (request.method === 'POST') return save(portal, id, new URLSearchParams(await request.text()));
  return undefined;
}

function show(title: string, portal: Portal, content: Html, status = 200): Response {
  const nav = accounts.map(({ name, portalId }): [string, string] => [name, `/contacts/${portalId}`]);
  const body = page({ title: `${title}, ${portal.account.name}`, product: PRODUCT, nav, content });
  return new Response(String(body), { status, headers: { 'content-type': 'text/html;charset=utf-8' } });
}

function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}

const address = (portal: Portal, id: string) => `/contacts/${portal.id}/record/0-1/${id}`;
const nameOf = (store: ObjectStore, record: CrmRecord) =>
  store.value(record, 'hs_full_name_or_email') ?? record.id;

function listPage(portal: Portal, url: URL): Response {
  const store = portal.objects('0-1');
  const query = (url.searchParams.get('q') ?? '').trim().toLowerCase();
  const offset = Math.max(0, Number(url.searchParams.get('offset')) || 0);
  const found: CrmRecord[] = [];
  for (const record of store.records.values()) {
    if (record.archivedAt !== undefined) continue;
    const text = `${nameOf(store, record)} ${record.properties.email ?? ''} ${record.properties.company ?? ''}`;
    if (text.toLowerCase().includes(query)) found.push(record);
  }
  const shown = found.slice(offset, offset + PAGE_SIZE);
  const more = `?q=${encodeURIComponent(query)}&offset=${offset + PAGE_SIZE}`;
  const content = html`<form method="get"><label for="q">Search</label><input id="q" name="q" value="${query}"></form>
<p class="subtle">${found.length} contacts. <a href="/contacts/${portal.id}/new">Create contact</a></p>
<table><thead><tr><th>Name</th><th>Email</th><th>Company</th><th>Lifecycle stage</th></tr></thead><tbody>
${shown.map(
  (record) => html`<tr><td><a href="${address(portal, record.id)}">${nameOf(store, record)}</a></td>
<td>${record.properties.email ?? ''}</td><td>${record.properties.company ?? ''}</td>
<td>${record.properties.lifecyclestage ?? ''}</td></tr>`,
)}</tbody></table>
${found.length > offset + PAGE_SIZE ? html`<p><a href="${more}">Next page</a></p>` : ''}`;
  return show('Contacts', portal, content);
}

function input(store: ObjectStore, property: Property, value: string): Html {
  const owners = store.portal.account.members.map((member) => ({
    value: member.ownerId,
    label: `${member.firstName} ${member.lastName}`,
  }));
  const options = property.referencedObjectType === 'OWNER' ? owners : property.options;
  if (property.type !== 'enumeration') {
    return html`<label for="${property.name}">${property.label}</label>
<input id="${property.name}" name="${property.name}" value="${value}">`;
  }
  return html`<label for="${property.name}">${property.label}</label>
<select id="${property.name}" name="${property.name}"><option value=""></option>
${options.map((each) => html`<option value="${each.value}" ${each.value === value ? html`selected` : ''}>${each.label}</option>`)}
</select>`;
}

function recordPage(
  portal: Portal,
  id: string | undefined,
  state: { error?: string; form?: URLSearchParams },
): Response {
  const store = portal.objects('0-1');
  const record = id === undefined ? undefined : store.find(id);
  if (id !== undefined && (!record || record.archivedAt !== undefined)) {
    return show('Not found', portal, html`<p>There is no such contact.</p>`, 404);
  }
  const shownValue = (name: string) =>
    state.form?.get(name) ?? (record ? store.value(record, name) : '') ?? '';
  const fields = EDITABLE.flatMap((name) => {
    const property = store.property(name);
    return property ? [input(store, property, shownValue(name))] : [];
  });
  const lists = record ? portal.lists.listsOf('0-1', record.id) : [];
  const content = html`${state.error ? html`<p class="error" role="alert">${state.error}</p>` : ''}
<form method="post">${fields}
<div class="actions"><button name="action" value="save">Save</button>
${record ? html`<button class="second" name="action" value="delete">Delete</button>` : ''}</div></form>
${record ? html`<h2>Segments</h2><ul>${lists.map((list) => html`<li>${list.name}</li>`)}</ul>` : ''}`;
  const title = record ? nameOf(store, record) : 'Create contact';
  return show(title, portal, content, state.error ? 400 : 200);
}

function save(portal: Portal, id: string | undefined, form: URLSearchParams): Response {
  const store = portal.objects('0-1');
  const userId = portal.account.members[0]?.userId ?? 0;
  const source = { sourceType: 'CRM_UI', sourceId: `userId:${userId}`, updatedByUserId: userId };
  const record = id === undefined ? undefined : store.find(id);
  if (id !== undefined && !record) return recordPage(portal, id, {});
  return portal.world.store.batch(() => {
    if (record && form.get('action') === 'delete') {
      archiveRecord(store, record.id, source);
      return redirect(`/contacts/${portal.id}`);
    }
    const values: Record<string, string> = {};
    for (const name of EDITABLE) {
      const value = form.get(name);
      if (value !== null && value !== (record ? (store.value(record, name) ?? '') : '')) values[name] = value;
    }
    try {
      const saved = record
        ? updateRecord(store, record, values, source).record
        : createRecord(store, values, source);
      return redirect(address(portal, saved.id));
    } catch (error) {
      if (error instanceof ApiError) return recordPage(portal, id, { error: error.message, form });
      throw error;
    }
  });
}
