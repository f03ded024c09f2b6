import { invalid, resourceNotFound } from '../http/errors.ts';
import { type Call, intParam, ok, type Route } from '../http/router.ts';
import { offsetAt } from '../lists/zone.ts';
import { nextLink } from '../objects/read.ts';
import type { Member } from './accounts.ts';

const CREATED_AT = '2024-02-12T09:30:00.000Z';

/** `GET /account-info/{version}/details`. */
function details(call: Call) {
  const { account } = call.portal;
  const offset = offsetAt(account.timeZone, call.portal.world.clock.now());
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return ok({
    portalId: account.portalId,
    accountType: account.accountType,
    timeZone: account.timeZone,
    companyCurrency: account.currency,
    additionalCurrencies: [],
    utcOffset: `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`,
    utcOffsetMilliseconds: offset,
    uiDomain: account.uiDomain,
    dataHostingLocation: account.dataHostingLocation,
  });
}

/** Covers private apps only, of which there are none. */
function apiUsage(call: Call) {
  const { clock } = call.portal.world;
  const midnight = new Date(clock.now());
  midnight.setUTCHours(24, 0, 0, 0);
  const usage = {
    ...{
      name: 'private-apps-api-calls-daily',
      usageLimit: 650_000,
      currentUsage: 0,
      collectedAt: clock.iso(),
    },
    ...{ fetchStatus: 'SUCCESS', resetsAt: midnight.toISOString() },
  };
  return ok({ results: [usage] });
}

/** The owner of a member, or (archived) of a former one, who is no active user any more. */
function presentOwner(member: Member, archived: boolean) {
  return {
    ...{ id: member.ownerId, email: member.email, type: 'PERSON' },
    ...{ firstName: member.firstName, lastName: member.lastName },
    ...{ userId: archived ? null : member.userId, userIdIncludingInactive: member.userId },
    ...{ createdAt: CREATED_AT, updatedAt: CREATED_AT, archived },
    ...(member.teams ? { teams: member.teams } : {}),
  };
}

/** Archived owners only, or active ones only. */
function ownersOf(call: Call): { archived: boolean; members: readonly Member[] } {
  const { members, formerMembers } = call.portal.account;
  const archived = call.query.get('archived') === 'true';
  return { archived, members: archived ? formerMembers : members };
}

function owners(call: Call) {
  const limit = intParam(call.query, 'limit', { fallback: 100, max: 500 });
  const after = call.query.get('after');
  const email = call.query.get('email')?.toLowerCase();
  const { archived, members } = ownersOf(call);
  const sorted = members
    .filter((each) => (!email || each.email === email) && (!after || each.ownerId > after))
    .sort((a, b) => (a.ownerId < b.ownerId ? -1 : 1));
  const page = sorted.slice(0, limit);
  const last = page.at(-1)?.ownerId;
  const paging =
    sorted.length > limit && last ? { paging: { next: { after: last, link: nextLink(call, last) } } } : {};
  return ok({ results: page.map((each) => presentOwner(each, archived)), ...paging });
}

function owner(call: Call) {
  const idProperty = call.query.get('idProperty') ?? 'id';
  if (idProperty !== 'id' && idProperty !== 'userId') throw invalid('idProperty must be one of [id, userId]');
  const id = call.params.ownerId ?? '';
  const { archived, members } = ownersOf(call);
  const member = members.find((each) => (idProperty === 'id' ? each.ownerId : String(each.userId)) === id);
  if (!member) throw resourceNotFound();
  return ok(presentOwner(member, archived));
}

function presentUser(member: Member) {
  return {
    ...{
      id: String(member.userId),
      email: member.email,
      firstName: member.firstName,
      lastName: member.lastName,
    },
    ...{ roleIds: member.roleIds, superAdmin: member.superAdmin },
  };
}

function user(call: Call) {
  const id = call.params.userId ?? '';
  const byEmail = call.query.get('idProperty') === 'EMAIL';
  const { members } = call.portal.account;
  const member = members.find((each) =>
    byEmail ? each.email === id.toLowerCase() : String(each.userId) === id,
  );
  if (!member) throw resourceNotFound();
  return ok(presentUser(member));
}

function users(call: Call) {
  const limit = intParam(call.query, 'limit', { fallback: 100, max: 100 });
  const after = call.query.get('after') ?? '';
  const sorted = call.portal.account.members.filter((each) => String(each.userId) > after);
  const page = sorted.slice(0, limit);
  const last = String(page.at(-1)?.userId ?? '');
  const paging =
    sorted.length > limit ? { paging: { next: { after: last, link: nextLink(call, last) } } } : {};
  return ok({ results: page.map(presentUser), ...paging });
}

export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/account-info/v3/details', scopes: ['oauth'], handler: details },
  {
    method: 'GET',
    path: '/account-info/v3/api-usage/daily/private-apps',
    scopes: ['oauth'],
    handler: apiUsage,
  },
  { method: 'GET', path: '/crm/v3/owners', scopes: ['crm.objects.owners.read'], handler: owners },
  { method: 'GET', path: '/crm/v3/owners/{ownerId}', scopes: ['crm.objects.owners.read'], handler: owner },
  { method: 'GET', path: '/settings/v3/users', scopes: ['settings.users.read'], handler: users },
  { method: 'GET', path: '/settings/v3/users/{userId}', scopes: ['settings.users.read'], handler: user },
];
