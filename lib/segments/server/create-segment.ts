import type { Actor } from '#lib/auth/actor.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { countFilters, type FilterBranch, maxFilters } from '../filter/model.ts';
import { type CreateSegment, contactsObject, type SegmentDetail } from '../schemas.ts';
import { getSegment } from './get-segment.ts';
import { openHubSpot } from './load-list.ts';
import { storeWritten } from './store-written.ts';
import { writeFailure } from './write-failure.ts';

/**
 * Makes a contact segment in HubSpot, active or static, which then processes it. Fails with
 * `segment_name_taken` at the field `name`, `segment_too_many_filters`, `segment_limit_reached`,
 * `segment_filters_refused`, or as the connection or HubSpot does.
 */
export async function createSegment(
  actor: Actor,
  input: CreateSegment,
  options: { keepDraft?: boolean } = {},
): Promise<Result<SegmentDetail>> {
  const { name, description, kind, filterBranch } = input;
  const refused = checkFilters(filterBranch);
  if (refused) return refused;
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const created = await hubspot.value.createList({
    name,
    objectTypeId: contactsObject,
    processingType: kind === 'active' ? 'DYNAMIC' : 'SNAPSHOT',
    filterBranch,
  });
  if (!created.ok) return fail(writeFailure(created.failure));
  await storeWritten(actor, {
    list: created.value,
    action: 'segment.created',
    filterBranch,
    description,
    ...(options.keepDraft ? {} : { draftOf: '' }),
  });
  return getSegment(actor, created.value.listId);
}

/** A segment without a filter would hold everybody, and HubSpot takes 250 filters. */
export function checkFilters(branch: FilterBranch): Result<never> | null {
  const count = countFilters(branch);
  if (count === 0) {
    return fail({
      code: 'bad_request',
      fields: [{ path: 'filterBranch', message: 'At least one filter is needed.' }],
    });
  }
  return count > maxFilters
    ? fail({ code: 'segment_too_many_filters', values: { max: maxFilters, count } })
    : null;
}
