'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { Segment } from '#lib/segments/schemas.ts';

/** Everything that is known of a segment beside its members and filters. */
export function SegmentDetails({ segment }: { segment: Segment }) {
  const t = useTranslations('segments');
  const format = useFormatter();
  const { exact } = useTimes();
  return (
    <div className="max-w-[640px]">
      <DefinitionList
        items={[
          { term: t('page.detailDescription'), value: segment.description ?? t('page.noDescription') },
          { term: t('page.detailType'), value: t(`tags.${segment.kind}`) },
          { term: t('page.detailSize'), value: segment.size === null ? '–' : format.number(segment.size) },
          {
            term: t('page.detailUses'),
            value: segment.uses.length > 0 ? `${t('index.salesforce')}, ${t('tags.inclusionList')}` : '–',
          },
          { term: t('page.detailCreated'), value: segment.createdAt ? exact(segment.createdAt) : '–' },
          { term: t('page.detailUpdated'), value: segment.updatedAt ? exact(segment.updatedAt) : '–' },
          { term: t('page.detailVersion'), value: String(segment.version) },
          { term: t('page.detailId'), value: <span className="font-mono">{segment.listId}</span> },
        ]}
      />
    </div>
  );
}
