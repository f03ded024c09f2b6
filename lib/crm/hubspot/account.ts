import type { CrmResult } from '../failure.ts';
import type { HubSpotOwner, HubSpotPort, HubSpotProperty } from '../ports.ts';
import type { Send } from './http.ts';
import { paths } from './paths.ts';
import {
  accountDetails,
  ownerPage,
  type PropertyAnswer,
  property,
  propertyGroup,
  propertyList,
} from './schemas.ts';

const ownerPageSize = 500;

const relatedProperties = { company: paths.companyProperties, deal: paths.dealProperties };

type AccountCalls = Pick<
  HubSpotPort,
  'account' | 'properties' | 'createPropertyGroup' | 'createProperty' | 'owners'
>;

export function accountCalls(send: Send): AccountCalls {
  return {
    async account() {
      const answer = await send({ method: 'GET', path: `${paths.account}/details`, answer: accountDetails });
      if (!answer.ok) return answer;
      const { portalId, timeZone, uiDomain } = answer.value;
      return { ok: true, value: { hubId: String(portalId), timeZone, uiDomain } };
    },
    async properties(object) {
      const path = object ? relatedProperties[object] : paths.properties;
      const answer = await send({ method: 'GET', path, answer: propertyList });
      if (!answer.ok) return answer;
      return { ok: true, value: answer.value.results.map(toProperty) };
    },
    async createPropertyGroup(group) {
      const path = `${paths.properties}/groups`;
      const answer = await send({ method: 'POST', path, body: group, changes: true, answer: propertyGroup });
      return answer.ok ? { ok: true, value: undefined } : answer;
    },
    async createProperty(given) {
      const path = paths.properties;
      const answer = await send({ method: 'POST', path, body: given, changes: true, answer: property });
      return answer.ok ? { ok: true, value: toProperty(answer.value) } : answer;
    },
    async owners() {
      const active = await ownersOf(send, false);
      if (!active.ok) return active;
      const archived = await ownersOf(send, true);
      return archived.ok ? { ok: true, value: [...active.value, ...archived.value] } : archived;
    },
  };
}

function toProperty({ modificationMetadata, ...rest }: PropertyAnswer): HubSpotProperty {
  return { ...rest, readOnly: modificationMetadata?.readOnlyValue ?? false };
}

/** Archived owners are asked for apart; records still name them. */
async function ownersOf(send: Send, archived: boolean): Promise<CrmResult<HubSpotOwner[]>> {
  const owners: HubSpotOwner[] = [];
  for (let after: string | undefined; ; ) {
    const query = { limit: String(ownerPageSize), archived: String(archived), ...(after ? { after } : {}) };
    const answer = await send({ method: 'GET', path: paths.owners, query, answer: ownerPage });
    if (!answer.ok) return answer;
    for (const owner of answer.value.results) {
      const userId = owner.userId ?? owner.userIdIncludingInactive;
      const email = owner.email ?? null;
      owners.push({
        id: owner.id,
        userId: userId === null || userId === undefined ? null : String(userId),
        email,
        name: [owner.firstName, owner.lastName].filter(Boolean).join(' ') || (email ?? owner.id),
        active: !archived,
      });
    }
    after = answer.value.paging?.next?.after;
    if (!after) return { ok: true, value: owners };
  }
}
