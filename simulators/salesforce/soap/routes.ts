import { Hono } from 'hono';
import { ApiError, apiError } from '../errors.ts';
import { type ApiParts, admit } from '../http.ts';
import { toId18 } from '../ids.ts';
import type { SObject } from '../metadata/types.ts';
import { APPS } from '../oauth/grants.ts';
import { DEFAULT_OPTIONS, type WriteContext } from '../records/context.ts';
import { convertLead } from '../records/convert.ts';
import { mergeRecords } from '../records/merge.ts';
import { undeleteRecord } from '../records/remove.ts';
import { FIRST_VERSION, LAST_VERSION } from '../rest/types.ts';
import { child, children, isNil, readEnvelope, textOf, writeEnvelope, type XmlNode } from './xml.ts';

const XML = { 'content-type': 'text/xml;charset=UTF-8' };

function fault(error: ApiError): Response {
  const { code, message } = error.entries[0] ?? { code: 'UNKNOWN_EXCEPTION', message: error.message };
  const body = {
    'soapenv:Fault': { faultcode: `sf:${code}`, faultstring: `${code}: ${message}` },
  };
  return new Response(writeEnvelope(body), { status: 500, headers: XML });
}

/** One item of a call: its result, or its error in the place of the result. */
function each<T>(items: T[], work: (item: T) => XmlNode, blank: XmlNode): XmlNode[] {
  return items.map((item) => {
    try {
      return { ...work(item), success: true };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const errors = error.entries.map(({ message, code, fields }) => ({
        ...(fields === undefined || fields.length === 0 ? {} : { fields }),
        message,
        statusCode: code,
      }));
      return { ...blank, errors, success: false };
    }
  });
}

type Call = (ctx: WriteContext, body: XmlNode) => XmlNode;

const convert: Call = (ctx, body) => {
  const blank = { accountId: null, contactId: null, leadId: null, opportunityId: null };
  const result = each(
    children(body, 'leadConverts'),
    (entry) => {
      const { leadId, accountId, contactId, opportunityId } = convertLead(ctx, {
        leadId: textOf(entry, 'leadId') ?? '',
        convertedStatus: textOf(entry, 'convertedStatus'),
        accountId: textOf(entry, 'accountId'),
        contactId: textOf(entry, 'contactId'),
        ownerId: textOf(entry, 'ownerId'),
        opportunityName: textOf(entry, 'opportunityName'),
        doNotCreateOpportunity: textOf(entry, 'doNotCreateOpportunity') === 'true',
        overwriteLeadSource: textOf(entry, 'overwriteLeadSource') === 'true',
      });
      return { accountId, contactId, leadId, opportunityId };
    },
    blank,
  );
  return { convertLeadResponse: { result } };
};

/** The fields of an XML record; nil and `fieldsToNull` empty a field. */
function recordValues(record: unknown): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record as XmlNode)) {
    if (name.startsWith('@') || ['type', 'Id', 'id', 'fieldsToNull'].includes(name)) continue;
    values[name] = isNil(value) ? null : textOf(record, name);
  }
  for (const name of children(record, 'fieldsToNull')) values[String(name)] = null;
  return values;
}

const merge: Call = (ctx, body) => {
  const result = each(
    // The WSDL calls the element `request`; jsforce sends `mergeRequests`.
    [...children(body, 'request'), ...children(body, 'mergeRequests')],
    (entry) => {
      const master = child(entry, 'masterRecord');
      const type =
        textOf(master, 'type') ?? String(master['@type'] ?? master['@xsi:type'] ?? '').replace(/^.*:/, '');
      const id = textOf(master, 'Id') ?? textOf(master, 'id') ?? '';
      const info = ctx.access.object(type);
      if (info === null) throw apiError(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
      const losers = children(entry, 'recordToMergeIds').map(String);
      return { ...mergeRecords(ctx, info, id, losers, recordValues(master)) };
    },
    { id: null },
  );
  return { mergeResponse: { result } };
};

const undelete: Call = (ctx, body) => {
  const result = each(
    children(body, 'ids').map(String),
    (id) => {
      const id18 = toId18(id);
      const info = id18 === null ? null : ctx.org.schema.byPrefix(id18);
      if (id18 === null || info === null) throw apiError(400, 'MALFORMED_ID', `malformed id ${id}`);
      undeleteRecord(ctx, info, id18);
      return { id: id18 };
    },
    { id: null },
  );
  return { undeleteResponse: { result } };
};

const CALLS: Record<string, Call> = { convertLead: convert, merge, undelete };

function userInfo(parts: ApiParts, user: SObject): XmlNode {
  return {
    organizationId: parts.org.orgId,
    organizationName: 'Northwind Trading',
    userEmail: user.Email ?? null,
    userFullName: [user.FirstName, user.LastName].filter(Boolean).join(' '),
    userId: user.Id,
    userName: user.Username ?? null,
    userTimeZone: user.TimeZoneSidKey ?? null,
    userType: 'Standard',
  };
}

/** Log-in by password: off unless configured, and gone from API 65. */
function login(parts: ApiParts, body: XmlNode, version: number, origin: string): XmlNode {
  const [user] = parts.org.table('User').rowsBy('Username', textOf(body, 'username'));
  const [app] = APPS;
  const allowed = parts.org.config.current.passwordLogin && version < 65 && textOf(body, 'password') !== null;
  if (!allowed || user?.IsActive !== true || app === undefined) {
    const text = 'Invalid username, password, security token; or user locked out.';
    throw apiError(500, 'INVALID_LOGIN', text);
  }
  const { accessToken } = parts.grants.grant(app, user.Id, 'api');
  const id = parts.org.orgId.slice(0, 15);
  return {
    loginResponse: {
      result: {
        metadataServerUrl: `${origin}/services/Soap/m/${version}.0/${id}`,
        passwordExpired: false,
        sandbox: false,
        serverUrl: `${origin}/services/Soap/u/${version}.0/${id}`,
        sessionId: accessToken,
        userId: user.Id,
        userInfo: userInfo(parts, user),
      },
    },
  };
}

function run(parts: ApiParts, text: string, version: number, origin: string): XmlNode {
  let envelope: ReturnType<typeof readEnvelope>;
  try {
    envelope = readEnvelope(text);
  } catch {
    throw apiError(500, 'INVALID_SOAP_HEADER', 'Envelope not understood');
  }
  const [name] = Object.keys(envelope.body).filter((key) => !key.startsWith('@'));
  const body = child(envelope.body, name ?? '');
  if (name === 'login') return login(parts, body, version, origin);
  const { user, access } = admit(parts, textOf(child(envelope.header, 'SessionHeader'), 'sessionId'));
  parts.usage.add();
  const call = CALLS[name ?? ''];
  if (call === undefined) {
    throw apiError(500, 'UNSUPPORTED_API_VERSION', `No operation available for request ${name ?? ''}`);
  }
  const duplicates = child(envelope.header, 'DuplicateRuleHeader');
  const options = { ...DEFAULT_OPTIONS, allowSave: textOf(duplicates, 'allowSave') === 'true' };
  return call({ org: parts.org, access, userId: user.Id, version, options }, body);
}

/** The partner SOAP API, as far as it does what REST cannot: convertLead, merge, undelete (and login). */
export function soapRoutes(parts: ApiParts): Hono {
  const app = new Hono({ strict: false });
  const serve = async (request: Request) => {
    const url = new URL(request.url);
    const version = Number(/\/services\/Soap\/u\/(\d+)\.0/i.exec(url.pathname)?.[1] ?? 0);
    const text = await request.text();
    parts.org.settle();
    try {
      if (version < FIRST_VERSION || version > LAST_VERSION) {
        throw apiError(500, 'UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
      }
      return new Response(writeEnvelope(run(parts, text, version, url.origin)), { headers: XML });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return fault(error);
    }
  };
  app.post('/services/Soap/u/:version', (c) => serve(c.req.raw));
  app.post('/services/Soap/u/:version/:org', (c) => serve(c.req.raw));
  return app;
}
