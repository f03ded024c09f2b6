'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ImportObject, ImportRequest } from '#lib/imports/schemas.ts';

export type Which = ImportRequest['which']['kind'];

/** What a person has chosen so far. */
export function useChoice() {
  const t = useTranslations('imports.choose');
  const [objects, setObjects] = useState<ImportObject[]>(['lead', 'contact']);
  const [which, setWhich] = useState<Which>('all');
  const [date, setDate] = useState<string | null>(null);
  const [campaignId, setCampaignId] = useState<string | null>(null);
  const chosen = whichOf(which, date, campaignId);
  const problem =
    objects.length === 0
      ? t('needObject')
      : chosen
        ? null
        : t(which === 'campaign' ? 'campaignPlaceholder' : 'date');
  return {
    objects,
    setObject: (object: ImportObject, isChosen: boolean) =>
      setObjects((former) => [...former.filter((each) => each !== object), ...(isChosen ? [object] : [])]),
    which,
    setWhich,
    date,
    setDate,
    campaignId,
    setCampaignId,
    problem,
    request: problem === null && chosen ? ({ objects, which: chosen } satisfies ImportRequest) : null,
  };
}

function whichOf(
  which: Which,
  date: string | null,
  campaignId: string | null,
): ImportRequest['which'] | null {
  if (which === 'all') return { kind: 'all' };
  if (which === 'createdSince') return date === null ? null : { kind: 'createdSince', date };
  return campaignId === null ? null : { kind: 'campaign', campaignId };
}
