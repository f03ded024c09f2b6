import { settingsPaths } from '#components/connections/app-identity.ts';
import type { Draft, SegmentDetail } from '#lib/segments/schemas.ts';

export interface SegmentEditorProps {
  /** Null for a new segment. */
  detail: SegmentDetail | null;
  draft: Draft | null;
  suggestedName: string;
  isForSalesforce: boolean;
  /** The filter whose closest misses show first; leave out to begin with who matches. */
  misses?: { group: number; item: number };
}

/** Where *Exit* leads. */
export function exitOf({ detail, isForSalesforce }: SegmentEditorProps): string {
  if (isForSalesforce) return settingsPaths.salesforce;
  return detail ? `/segments/${detail.segment.listId}` : '/segments';
}
