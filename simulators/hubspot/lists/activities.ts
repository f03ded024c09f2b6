import type { Offset, RefineBy } from './filter-types.ts';

/** Something a contact did, as the filters about behaviour see it: a form sent, a page seen, an e-mail opened. */
export interface Activity {
  /** The filter type that looks at it, such as `FORM_SUBMISSION`. */
  filterType: string;
  /** What it was about: the form, page, event or subscription. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Further facts, such as `pageId` or the status of a subscription. */
  details?: Record<string, string>;
}

interface ActivityFilter {
  filterType?: string;
  filterBranchType?: string;
  operator?: string;
  pruningRefineBy?: RefineBy;
  coalescingRefineBy?: RefineBy;
}

const SUBJECTS = [
  ...[
    'formId',
    'pageUrl',
    'eventId',
    'eventTypeId',
    'emailId',
    'ctaName',
    'surveyId',
    'webinarId',
    'campaignId',
  ],
  'privacyName',
];
const NEGATIVE = /^(NOT_|HAS_NOT_|DID_NOT_)|_NOT_/;

/**
 * Takes the contact's activities of the filter's kind, narrows them by the pruning refinement, and counts them by the
 * coalescing one. Negative operators turn the answer round.
 */
export function matchesActivity(
  activities: readonly Activity[],
  filter: ActivityFilter,
  now: number,
): boolean {
  const kind = filter.filterType ?? filter.filterBranchType;
  const fields = filter as Record<string, unknown>;
  const found = activities.filter(
    (activity) =>
      activity.filterType === kind &&
      isAbout(activity, fields) &&
      isInTime(activity.at, filter.pruningRefineBy, now),
  );
  const { minOccurrences = 1, maxOccurrences = Number.POSITIVE_INFINITY } = filter.coalescingRefineBy ?? {};
  const matched = found.length >= minOccurrences && found.length <= maxOccurrences;
  return matched !== NEGATIVE.test(filter.operator ?? '');
}

function isAbout(activity: Activity, filter: Record<string, unknown>): boolean {
  const subject = SUBJECTS.map((name) => filter[name]).find((value) => value !== undefined);
  if (subject !== undefined && subject !== activity.id) return false;
  if (filter.pageId !== undefined && filter.pageId !== activity.details?.pageId) return false;
  if (Array.isArray(filter.subscriptionIds) && !filter.subscriptionIds.includes(activity.id)) return false;
  const statuses = filter.acceptedStatuses ?? filter.acceptedOptStates;
  if (Array.isArray(statuses) && !statuses.includes(activity.details?.status)) return false;
  // The operator of an e-mail event names the event itself.
  return filter.filterType !== 'EMAIL_EVENT' || activity.details?.event === filter.operator;
}

function isInTime(at: number, refineBy: RefineBy | undefined, now: number): boolean {
  switch (refineBy?.type) {
    case 'ABSOLUTE_COMPARATIVE':
      return refineBy.comparison === 'BEFORE'
        ? at < (refineBy.timestamp ?? 0)
        : at > (refineBy.timestamp ?? 0);
    case 'ABSOLUTE_RANGED': {
      const within = at >= (refineBy.lowerTimestamp ?? 0) && at <= (refineBy.upperTimestamp ?? 0);
      return within === (refineBy.rangeType !== 'NOT_BETWEEN');
    }
    case 'RELATIVE_COMPARATIVE': {
      const point = offsetFrom(now, refineBy.timeOffset);
      return refineBy.comparison === 'BEFORE' ? at < point : at > point;
    }
    case 'RELATIVE_RANGED': {
      const bounds = [offsetFrom(now, refineBy.lowerBoundOffset), offsetFrom(now, refineBy.upperBoundOffset)];
      const within = at >= Math.min(...bounds) && at <= Math.max(...bounds);
      return within === (refineBy.rangeType !== 'NOT_BETWEEN');
    }
    default:
      return true;
  }
}

const DAY_MS = 86_400_000;

function offsetFrom(now: number, offset: Offset | undefined): number {
  const days = (offset?.amount ?? 0) * (offset?.timeUnit === 'WEEKS' ? 7 : 1);
  return now + (offset?.offsetDirection === 'FUTURE' ? days : -days) * DAY_MS;
}
