import { Hono } from 'hono';
import { html, page } from '../../core/html.ts';
import { ApiError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { Access } from '../metadata/access.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, SObject } from '../metadata/types.ts';
import { productName } from '../oauth/pages.ts';
import { DEFAULT_OPTIONS, type WriteContext } from '../records/context.ts';
import type { Org } from '../records/org.ts';
import { reader } from '../records/read.ts';
import { deleteRecord } from '../records/remove.ts';
import { createRecord, updateRecord } from '../records/save.ts';
import { LAST_VERSION } from '../rest/types.ts';

type Content = ReturnType<typeof page>;

const SHOWN = 50;
const OBJECTS = ['Lead', 'Contact', 'Account'];
const FORM_FIELDS: Record<string, string[]> = {
  Lead: [
    'FirstName',
    'LastName',
    'Company',
    'Email',
    'Phone',
    'MobilePhone',
    'Title',
    'Status',
    'LeadSource',
    'Rating',
    'Street',
    'City',
    'State',
    'PostalCode',
    'Country',
    'Website',
    'Description',
    'HasOptedOutOfEmail',
  ],
  Contact: [
    'FirstName',
    'LastName',
    'Email',
    'Phone',
    'MobilePhone',
    'Title',
    'Department',
    'LeadSource',
    'MailingStreet',
    'MailingCity',
    'MailingState',
    'MailingPostalCode',
    'MailingCountry',
    'Description',
    'HasOptedOutOfEmail',
  ],
  Account: ['Name', 'Type', 'Industry', 'Phone', 'Website', 'BillingCity', 'BillingCountry', 'AnnualRevenue'],
};

const NAV: [string, string][] = OBJECTS.map((name) => [`${name}s`, `/records?object=${name}`]);

function respond(org: Org, title: string, content: Content, status = 200): Response {
  const text = String(page({ title, product: productName(org), nav: NAV, content }));
  return new Response(text, { status, headers: { 'content-type': 'text/html;charset=UTF-8' } });
}

function objectOf(org: Org, name: string | undefined): ObjectInfo {
  return org.schema.get(OBJECTS.find((each) => each === name) ?? 'Lead');
}

function show(org: Org, info: ObjectInfo, row: SObject, name: string): string {
  const def = info.byName.get(name.toLowerCase());
  const value = def === undefined ? null : reader(org, info, def)(row);
  return value === null ? '' : String(value);
}

/** Fields of the form: the usual ones and every custom one that can be written. */
function formFields(info: ObjectInfo): FieldDef[] {
  const names = FORM_FIELDS[info.def.name] ?? [];
  const usual = names.map((name) => info.byName.get(name.toLowerCase())).filter((def) => def !== undefined);
  const custom = info.def.fields.filter((def) => def.custom && def.updateable && def.type !== 'reference');
  return [...usual, ...custom];
}

function control(def: FieldDef, value: string): Content {
  const id = `field-${def.name}`;
  const label = html`<label for="${id}">${def.label}${def.nillable || def.type === 'boolean' ? '' : ' *'}</label>`;
  if (def.type === 'boolean') {
    return html`<label class="choice"><input type="checkbox" name="${def.name}" value="true"
      ${value === 'true' ? 'checked' : ''}> ${def.label}</label>`;
  }
  if (def.type === 'picklist') {
    const known = def.picklistValues.some((entry) => entry.value === value) || value === '';
    const options = [
      html`<option value="">(none)</option>`,
      ...(known ? [] : [html`<option value="${value}" selected>${value}</option>`]),
      ...def.picklistValues.map(
        (entry) =>
          html`<option value="${entry.value}" ${entry.value === value ? 'selected' : ''}>${entry.label}</option>`,
      ),
    ];
    return html`${label}<select id="${id}" name="${def.name}">${options}</select>`;
  }
  if (def.type === 'textarea') {
    return html`${label}<textarea id="${id}" name="${def.name}" rows="3">${value}</textarea>`;
  }
  return html`${label}<input id="${id}" name="${def.name}" value="${value}">`;
}

function form(org: Org, info: ObjectInfo, row: SObject, message: string | null): Response {
  const isNew = row.Id === '';
  const title = isNew ? `New ${info.def.label}` : show(org, info, row, 'Name');
  const action = isNew ? `/records/new/${info.def.name}` : `/records/${row.Id}`;
  const content = html`${message === null ? '' : html`<p class="error" role="alert">${message}</p>`}
    ${isNew ? '' : html`<p class="subtle">${info.def.label} ${row.Id}, last changed ${String(row.SystemModstamp)}</p>`}
    <form method="post" action="${action}">
      ${formFields(info).map((def) => control(def, show(org, info, row, def.name)))}
      <div class="actions"><button>Save</button>
        ${isNew ? '' : html`<button class="second" formaction="/records/${row.Id}/delete">Delete</button>`}</div>
    </form>`;
  return respond(org, title, content, message === null ? 200 : 400);
}

function list(org: Org, info: ObjectInfo, search: string): Response {
  const wanted = search.trim().toLowerCase();
  const rows: SObject[] = [];
  let total = 0;
  for (const row of org.table(info.def.name).scan()) {
    if (row.IsDeleted === true) continue;
    const name = `${show(org, info, row, 'Name')} ${String(row.Email ?? '')}`.toLowerCase();
    if (wanted !== '' && !name.includes(wanted)) continue;
    total++;
    if (rows.length < SHOWN) rows.push(row);
  }
  const columns = ['Name', 'Email', 'Phone', 'Title', 'LeadSource'].filter((name) =>
    info.byName.has(name.toLowerCase()),
  );
  const content = html`<form method="get" action="/records">
      <input type="hidden" name="object" value="${info.def.name}">
      <label for="q">Search ${info.def.labelPlural}</label><input id="q" name="q" value="${search}">
    </form>
    <p class="subtle">${total} found${total > SHOWN ? `, the first ${SHOWN} shown` : ''}</p>
    <p><a class="button" href="/records/new/${info.def.name}">New ${info.def.label}</a></p>
    <table><thead><tr>${columns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>
    ${rows.map(
      (row) =>
        html`<tr>${columns.map((name) => {
          const text = show(org, info, row, name);
          return name === 'Name'
            ? html`<td><a href="/records/${row.Id}">${text}</a></td>`
            : html`<td>${text}</td>`;
        })}</tr>`,
    )}</tbody></table>`;
  return respond(org, info.def.labelPlural, content);
}

/** The person at the browser is the first active administrator; the rules of the org hold, warnings are passed. */
function pageContext(org: Org): WriteContext {
  const admin = [...org.table('User').scan()].find((user) => user.IsActive === true);
  return {
    org,
    access: new Access(org.schema),
    userId: admin?.Id ?? '',
    version: LAST_VERSION,
    options: { ...DEFAULT_OPTIONS, allowSave: true },
  };
}

async function valuesOf(request: Request, info: ObjectInfo): Promise<Record<string, unknown>> {
  const sent = new URLSearchParams(await request.text());
  return Object.fromEntries(
    formFields(info).map((def) => [
      def.name,
      def.type === 'boolean' ? sent.get(def.name) === 'true' : sent.get(def.name),
    ]),
  );
}

const found = (address: string) => new Response(null, { status: 303, headers: { location: address } });

function attempt(work: () => Response, refused: (message: string) => Response): Response {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(error.entries.map((entry) => entry.message).join(' '));
  }
}

/** The record that an address names; null when there is none, or it is in the bin. */
function openRecord(org: Org, id: string) {
  const id18 = toId18(id);
  const info = id18 === null ? null : org.schema.byPrefix(id18);
  const row = id18 === null || info === null ? undefined : org.table(info.def.name).visible(id18);
  return info === null || row === undefined || row.IsDeleted === true ? null : { info, row };
}

/** A small record browser: list, open, create, edit and delete with plain forms. */
export function recordPages(org: Org): Hono {
  const app = new Hono({ strict: false });
  app.get('/', () => found('/records'));
  app.get('/records', (c) => list(org, objectOf(org, c.req.query('object')), c.req.query('q') ?? ''));
  app.get('/records/new/:object', (c) => form(org, objectOf(org, c.req.param('object')), { Id: '' }, null));
  app.post('/records/new/:object', async (c) => {
    const info = objectOf(org, c.req.param('object'));
    const values = await valuesOf(c.req.raw, info);
    return attempt(
      () => found(`/records/${createRecord(pageContext(org), info, { values, source: 'text' }).Id}`),
      (message) => form(org, info, { ...(values as SObject), Id: '' }, message),
    );
  });
  const open = (id: string) => openRecord(org, id);
  const missing = () =>
    respond(org, 'Not found', html`<p>This record does not exist, or was deleted.</p>`, 404);
  app.get('/records/:id', (c) => {
    const opened = open(c.req.param('id'));
    return opened === null ? missing() : form(org, opened.info, opened.row, null);
  });
  app.post('/records/:id', async (c) => {
    const opened = open(c.req.param('id'));
    if (opened === null) return missing();
    const { info, row } = opened;
    const values = await valuesOf(c.req.raw, info);
    return attempt(
      () => {
        updateRecord(pageContext(org), info, row.Id, { values, source: 'text' });
        return found(`/records/${row.Id}`);
      },
      (message) => form(org, info, { ...row, ...(values as object), Id: row.Id }, message),
    );
  });
  app.post('/records/:id/delete', (c) => {
    const opened = open(c.req.param('id'));
    if (opened === null) return missing();
    return attempt(
      () => {
        deleteRecord(pageContext(org), opened.info, opened.row.Id);
        return found(`/records?object=${opened.info.def.name}`);
      },
      (message) => form(org, opened.info, opened.row, message),
    );
  });
  return app;
}
