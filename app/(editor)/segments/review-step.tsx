'use client';

import { useEffect, useState } from 'react';
import type { ShownLint } from '#components/segments/lint-line.tsx';
import { LintSummary } from '#components/segments/lint-summary.tsx';
import { ReviewPanel, type ReviewValues } from '#components/segments/review-panel.tsx';
import { SaveEffect } from '#components/segments/save-effect.tsx';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import type { FilterParts, SegmentDetail } from '#lib/segments/schemas.ts';
import { useEffectCount } from './use-effect-count.ts';
import { useSave } from './use-save.tsx';

export interface ReviewStepProps {
  isOpen: boolean;
  onClose: () => void;
  detail: SegmentDetail | null;
  parts: FilterParts;
  isForSalesforce: boolean;
  name: string;
  onName: (name: string) => void;
  filterBranch: FilterBranch;
  filters: number;
  groups: number;
  estimate: number | null;
  /** Findings that are still open. */
  lints: readonly ShownLint[];
  /** Looks at the people whom saving moves. */
  onWho: (who: 'starting' | 'stopping') => void;
  beforeSave: () => Promise<void>;
  onSaved: () => void;
  onLoadNewer: (newer: SegmentDetail) => void;
}

/** *Review and save*: what is asked last, and the saving itself. */
export function ReviewStep(props: ReviewStepProps) {
  const { isOpen, onClose, detail, parts, isForSalesforce, name, onName, estimate } = props;
  const [rest, setRest] = useState<Omit<ReviewValues, 'name'>>({
    description: detail?.segment.description ?? '',
    kind: 'active',
    useAsInclusionList: false,
  });
  const saving = useSave({
    detail,
    isForSalesforce,
    estimate,
    beforeSave: props.beforeSave,
    onSaved: props.onSaved,
    onLoadNewer: props.onLoadNewer,
  });
  const { clearNameError } = saving;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another name is a new try.
  useEffect(() => clearNameError(), [name]);
  const values = { ...rest, name };
  const current = parts.inclusionListId;
  const isInUse = detail !== null && detail.segment.listId === current;
  const effect = useEffectCount(isInUse && isOpen ? detail.segment.listId : null, props.filterBranch);
  const replaces = parts.segments.find(({ listId }) => listId === current)?.name ?? null;
  return (
    <ReviewPanel
      isOpen={isOpen}
      onClose={onClose}
      values={values}
      onChange={({ name: next, ...others }) => {
        if (next !== name) onName(next);
        setRest(others);
      }}
      onSave={() => saving.save({ values, filterBranch: props.filterBranch })}
      isSaving={saving.isSaving}
      filters={props.filters}
      groups={props.groups}
      estimate={estimate}
      inclusionList={isInUse ? null : { replaces }}
      notes={<LintSummary lints={props.lints} />}
      isBlocked={props.lints.some(({ lint }) => lint.level === 'stop')}
      {...(effect ? { effect: <SaveEffect effect={effect} onWho={props.onWho} /> } : {})}
      failure={saving.failure}
      {...(detail
        ? { typeLocked: 'saved' as const }
        : isForSalesforce
          ? { typeLocked: 'salesforce' as const }
          : {})}
      {...(saving.nameError !== null ? { nameError: saving.nameError } : {})}
    />
  );
}
