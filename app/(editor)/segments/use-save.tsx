'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { ReviewValues } from '#components/segments/review-panel.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { ApiError } from '#lib/core/api-client.ts';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import { createSegment, makeInclusionList, segmentKeys, updateSegment } from '#lib/segments/queries.ts';
import { type SegmentDetail, segmentDetailSchema } from '#lib/segments/schemas.ts';

export type SaveInput = { values: ReviewValues; filterBranch: FilterBranch; version?: number };

/** Saves a segment in HubSpot, makes it the Inclusion List if wanted, and goes to its page. */
export function useSave(options: {
  detail: SegmentDetail | null;
  isForSalesforce: boolean;
  estimate: number | null;
  /** Before the segment is written: the draft must not be on its way still. */
  beforeSave: () => Promise<void>;
  onSaved: () => void;
  onLoadNewer: (newer: SegmentDetail) => void;
}) {
  const { detail, isForSalesforce, estimate, beforeSave, onSaved, onLoadNewer } = options;
  const t = useTranslations('segments');
  const router = useRouter();
  const queryClient = useQueryClient();
  const [nameError, setNameError] = useState<string | null>(null);

  const mutation = useMutation({
    mutationFn: async (input: SaveInput) => {
      await beforeSave();
      return write(detail, input);
    },
    onSuccess: async ({ segment }, { values }) => {
      onSaved();
      if (values.useAsInclusionList && values.kind === 'active') await choose(segment.listId);
      await queryClient.invalidateQueries({ queryKey: segmentKeys.all });
      const query = new URLSearchParams({ saved: '1' });
      if (isForSalesforce) query.set('for', 'salesforce');
      if (estimate !== null) query.set('estimate', String(estimate));
      router.push(`/segments/${segment.listId}?${query}`);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.problem.code === 'segment_name_taken')
        setNameError(error.message);
    },
  });

  async function choose(listId: string) {
    try {
      await makeInclusionList(listId);
      showToast({ tone: 'positive', title: t('use.done') });
    } catch (error) {
      const reason = error instanceof ApiError ? { text: error.message } : {};
      showToast({ tone: 'danger', title: t('use.failed'), ...reason });
    }
  }

  function save(input: SaveInput) {
    const isNamed = input.values.name.trim() !== '';
    setNameError(isNamed ? null : t('save.nameMissing'));
    if (isNamed) mutation.mutate(input);
  }

  function failure(): ReactNode {
    const { error } = mutation;
    if (!error || mutation.isPending || nameError !== null) return null;
    const newer = newerOf(error);
    if (!newer) {
      return (
        <Alert
          tone="danger"
          role="alert"
          title={error instanceof ApiError ? error.message : t('errors.save')}
        />
      );
    }
    const { variables } = mutation;
    return (
      <Alert
        tone="caution"
        role="alert"
        title={t('save.conflict')}
        actions={
          <>
            <Button
              size="medium"
              onPress={() => {
                mutation.reset();
                onLoadNewer(newer);
              }}
            >
              {t('save.loadNewer')}
            </Button>
            <Button
              size="medium"
              onPress={() => variables && save({ ...variables, version: newer.segment.version })}
            >
              {t('save.overwrite')}
            </Button>
          </>
        }
      />
    );
  }

  return {
    save,
    // Until the page of the segment is there, nothing may be pressed twice.
    isSaving: mutation.isPending || mutation.isSuccess,
    failure: failure(),
    nameError,
    clearNameError: () => setNameError(null),
  };
}

function write(detail: SegmentDetail | null, { values, filterBranch, version }: SaveInput) {
  const { name, description, kind } = values;
  if (!detail) return createSegment({ name: name.trim(), description, kind, filterBranch });
  const { segment } = detail;
  return updateSegment(segment.listId, {
    name: name.trim(),
    description,
    filterBranch,
    version: version ?? segment.version,
  });
}

/** The segment as HubSpot has it now, where somebody else changed it first. */
function newerOf(error: Error): SegmentDetail | null {
  if (!(error instanceof ApiError) || error.problem.code !== 'version_conflict') return null;
  const parsed = segmentDetailSchema.safeParse(error.problem.current);
  return parsed.success ? parsed.data : null;
}
