'use client';

import { useTranslations } from 'next-intl';
import { PersonRow } from '#components/ui/person-row.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SwitchPerson } from '#lib/insight/schemas.ts';

/** One person of a group: who it is, why, and what it is. */
export function SwitchPersonRow({ person }: { person: SwitchPerson }) {
  const t = useTranslations('switch');
  const { id, name, email, isGone, reason, tag } = person;
  const { short } = useTimes();
  const shown = name || email || t('people.noName', { id });
  const because = () => {
    if (reason === null) return null;
    switch (reason.kind) {
      case 'is':
      case 'blank':
        return t(`reason.${reason.kind}`, { value: '', ...reason });
      case 'left':
        return t('reason.left', { when: short(reason.at) });
      case 'created':
        return t(reason.object === 'lead' ? 'reason.createdByLead' : 'reason.createdByContact', {
          id: reason.recordId,
          when: short(reason.at),
        });
      default:
        return t(`reason.${reason.kind}`);
    }
  };
  return (
    <PersonRow
      name={shown}
      href={`/contacts/${id}`}
      email={name ? email : null}
      note={isGone ? t('people.gone') : because()}
    >
      {tag && <Tag>{t(`tag.${tag}`)}</Tag>}
    </PersonRow>
  );
}
