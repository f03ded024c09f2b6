import type { SObject } from '../metadata/types.ts';
import type { Org } from '../records/org.ts';

const stringOf = (value: SObject[string]) => (typeof value === 'string' ? value : null);

export const identityUrl = (origin: string, orgId: string, userId: string) =>
  `${origin}/id/${orgId}/${userId}`;

function urls(origin: string, user: SObject, orgId: string): Record<string, string> {
  const soap = `${origin}/services/Soap`;
  const data = `${origin}/services/data/v{version}`;
  return {
    enterprise: `${soap}/c/{version}/${orgId.slice(0, 15)}`,
    metadata: `${soap}/m/{version}/${orgId.slice(0, 15)}`,
    partner: `${soap}/u/{version}/${orgId.slice(0, 15)}`,
    rest: `${data}/`,
    sobjects: `${data}/sobjects/`,
    search: `${data}/search/`,
    query: `${data}/query/`,
    recent: `${data}/recent/`,
    tooling_soap: `${soap}/T/{version}/${orgId.slice(0, 15)}`,
    tooling_rest: `${data}/tooling/`,
    profile: `${origin}/${user.Id}`,
    feeds: `${data}/chatter/feeds`,
    groups: `${data}/chatter/groups`,
    users: `${data}/chatter/users`,
    feed_items: `${data}/chatter/feed-items`,
    feed_elements: `${data}/chatter/feed-elements`,
    custom_domain: origin,
  };
}

function offsetOf(user: SObject): number {
  return user.TimeZoneSidKey === 'Europe/Berlin' ? 3_600_000 : 0;
}

/** The body of the identity URL. */
export function identityBody(org: Org, user: SObject, origin: string): Record<string, unknown> {
  const orgId = org.orgId;
  return {
    id: identityUrl(origin, orgId, user.Id),
    asserted_user: true,
    user_id: user.Id,
    organization_id: orgId,
    username: user.Username,
    nick_name: user.CommunityNickname ?? user.Alias,
    display_name: [user.FirstName, user.LastName].filter(Boolean).join(' '),
    email: user.Email,
    email_verified: true,
    first_name: stringOf(user.FirstName),
    last_name: stringOf(user.LastName),
    timezone: user.TimeZoneSidKey,
    photos: { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` },
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: stringOf(user.MobilePhone),
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: urls(origin, user, orgId),
    active: user.IsActive === true,
    user_type: 'STANDARD',
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    utcOffset: offsetOf(user),
    last_modified_date: user.SystemModstamp,
    is_app_installed: true,
  };
}

/** The body of `userinfo`. */
export function userInfoBody(org: Org, user: SObject, origin: string): Record<string, unknown> {
  const orgId = org.orgId;
  const picture = `${origin}/profilephoto/005/F`;
  return {
    sub: identityUrl(origin, orgId, user.Id),
    user_id: user.Id,
    organization_id: orgId,
    preferred_username: user.Username,
    nickname: user.CommunityNickname ?? user.Alias,
    name: [user.FirstName, user.LastName].filter(Boolean).join(' '),
    email: user.Email,
    email_verified: true,
    given_name: stringOf(user.FirstName),
    family_name: stringOf(user.LastName),
    zoneinfo: user.TimeZoneSidKey,
    photos: { picture, thumbnail: `${origin}/profilephoto/005/T` },
    profile: `${origin}/${user.Id}`,
    picture,
    address: { country: null },
    is_salesforce_integration_user: false,
    urls: urls(origin, user, orgId),
    active: user.IsActive === true,
    user_type: 'STANDARD',
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    utcOffset: offsetOf(user),
    updated_at: user.SystemModstamp,
    is_app_installed: true,
  };
}
