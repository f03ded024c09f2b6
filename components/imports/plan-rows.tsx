'use client';

import { CircleSlash2, Equal, Link2, Plus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { skippedOf } from '#lib/imports/rules.ts';
import type { ImportCounts, PeopleGroup } from '#lib/imports/schemas.ts';
import { CountRow } from './count-row.tsx';

export interface PlanRowsProps {
  counts: ImportCounts;
  /** An Inclusion List was set when it was counted. */
  hasLimit: boolean;
  onOpen: (group: PeopleGroup) => void;
}

/** What the import would do, every record in one row. */
export function PlanRows({ counts, hasLimit, onOpen }: PlanRowsProps) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const detailOf = ({ inList, emailOnly }: { inList: number; emailOnly: number }) =>
    hasLimit
      ? t('preview.split', { inList: format.number(inList), emailOnly: format.number(emailOnly) })
      : t('preview.splitAll');
  const create = counts.create.inList + counts.create.emailOnly;
  const link = counts.link.inList + counts.link.emailOnly;
  const skipped = skippedOf(counts);
  const reasons = counts.skipped.map(({ reason, count }) =>
    t(`short.${reason}`, { count: format.number(count) }),
  );
  return (
    <ul className="rounded-card border border-line-card">
      <CountRow
        icon={Plus}
        count={create}
        label={t('preview.create', { count: create })}
        {...(create > 0 ? { detail: detailOf(counts.create) } : {})}
        onOpen={() => onOpen('create')}
      />
      <CountRow
        icon={Link2}
        count={link}
        label={t('preview.link', { count: link })}
        {...(link > 0 ? { detail: detailOf(counts.link) } : {})}
        onOpen={() => onOpen('link')}
      />
      <CountRow
        icon={Equal}
        count={counts.linked}
        label={t('preview.linked', { count: counts.linked })}
        detail={t('preview.nothingToDo')}
        onOpen={() => onOpen('linked')}
      />
      <CountRow
        icon={CircleSlash2}
        count={skipped}
        label={t('preview.skipped', { count: skipped })}
        {...(reasons.length > 0 ? { detail: reasons.join(' · ') } : {})}
        onOpen={() => onOpen('skipped')}
      />
    </ul>
  );
}
