import type { CrmFailure, CrmResult } from '../failure.ts';
import type { ContactStamp, HubSpotPort, SearchFilter } from '../ports.ts';
import type { Send } from './http.ts';
import { paths } from './paths.ts';
import { contactPage } from './schemas.ts';

/** HubSpot's largest page of a search. */
const pageSize = 200;
const stampProperty = 'lastmodifieddate';
/** HubSpot's record ids are decimal numbers; none has been seen with more digits. */
const longestId = 18;

type Page = { stamps: ContactStamp[]; isWhole: boolean };

/**
 * Changes by keyset: every search begins after the last one found, so that HubSpot's end at 10,000 results
 * is never met. Only one sort is possible, so contacts of one and the same moment (HubSpot's own jobs make
 * thousands of them) are read apart, by id.
 */
export function changeCalls(send: Send): Pick<HubSpotPort, 'changedContacts'> {
  return {
    async *changedContacts(since) {
      try {
        yield* changesAfter(send, since);
      } catch (error) {
        if (!(error instanceof SearchFailed)) throw error;
        yield { ok: false, failure: error.failure };
      }
    },
  };
}

class SearchFailed extends Error {
  readonly failure: CrmFailure;

  constructor(failure: CrmFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

async function* changesAfter(
  send: Send,
  since: { at: Date; id: string },
): AsyncIterable<CrmResult<ContactStamp[]>> {
  yield* tiesAfter(send, since);
  for (let at = since.at; ; ) {
    const page = await search(send, [filter(stampProperty, 'GT', at)], stampProperty);
    const last = page.stamps.at(-1)?.at;
    if (!last) return;
    // More contacts of the last moment may lie on the next page: it is read from its beginning.
    const certain = page.isWhole ? page.stamps : page.stamps.filter((each) => each.at < last);
    if (certain.length > 0) yield { ok: true, value: certain };
    if (page.isWhole) return;
    at = certain.at(-1)?.at ?? last;
    if (certain.length === 0) yield* tiesAfter(send, { at, id: '0' });
  }
}

/**
 * The contacts of one moment, from an id on. Whether HubSpot sorts ids as numbers or as texts is not known:
 * among ids of one length it is the same.
 */
async function* tiesAfter(
  send: Send,
  { at, id }: { at: Date; id: string },
): AsyncIterable<CrmResult<ContactStamp[]>> {
  const moment = filter(stampProperty, 'EQ', at);
  const all = await search(send, [moment, filter('hs_object_id', 'GT', id)]);
  if (all.isWhole) {
    if (all.stamps.length > 0) yield { ok: true, value: all.stamps };
    return;
  }
  for (let length = id.length; length <= longestId; length += 1) {
    const highest = filter('hs_object_id', 'LTE', '9'.repeat(length));
    for (let last = length === id.length ? id : '9'.repeat(length - 1); ; ) {
      const page = await search(send, [moment, filter('hs_object_id', 'GT', last), highest]);
      if (page.stamps.length > 0) yield { ok: true, value: page.stamps };
      if (page.isWhole) break;
      last = page.stamps.at(-1)?.id ?? last;
    }
  }
}

function filter(propertyName: string, operator: string, value: Date | string): SearchFilter {
  return { propertyName, operator, value: value instanceof Date ? String(value.getTime()) : value };
}

/** The first page that is not empty: HubSpot sometimes gives empty ones before the end. */
async function search(send: Send, filters: SearchFilter[], sortedBy = 'hs_object_id'): Promise<Page> {
  for (let after: string | undefined; ; ) {
    const answer = await send({
      method: 'POST',
      path: `${paths.contacts}/search`,
      body: {
        filterGroups: [{ filters }],
        sorts: [{ propertyName: sortedBy, direction: 'ASCENDING' }],
        properties: [stampProperty],
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      },
      search: true,
      answer: contactPage,
    });
    if (!answer.ok) throw new SearchFailed(answer.failure);
    const { results, paging } = answer.value;
    after = paging?.next?.after;
    if (results.length === 0 && after !== undefined) continue;
    const stamps = results.map(({ id, properties, updatedAt }) => {
      const stamp = properties[stampProperty];
      return { id, at: stamp ? new Date(stamp) : updatedAt };
    });
    return { stamps: stamps.sort(byStamp), isWhole: after === undefined };
  }
}

function byStamp(a: ContactStamp, b: ContactStamp): number {
  return a.at.getTime() - b.at.getTime() || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
