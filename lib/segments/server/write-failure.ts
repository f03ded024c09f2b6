import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import type { Failure } from '#lib/core/failures.ts';
import type { CrmFailure } from '#lib/crm/failure.ts';

/** HubSpot's refusal of a list that was to be made or changed, in our words and at the field it is about. */
export function writeFailure(failure: CrmFailure): Failure {
  if (failure.kind === 'notFound') return { code: 'deleted_segment' };
  if (failure.kind !== 'rejected') return crmFailureToFailure('HUBSPOT', failure);
  const { code, message, category } = failure;
  if (code === 'ILS.DUPLICATE_LIST_NAMES') {
    return { code: 'segment_name_taken', fields: [{ path: 'name', message: 'segment_name_taken' }] };
  }
  if (category === 'permissions' || /limit/i.test(`${code} ${message}`))
    return { code: 'segment_limit_reached' };
  return { code: 'segment_filters_refused', values: { message } };
}
