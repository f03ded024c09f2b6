'use client';

import { useTranslations } from 'next-intl';
import { Card } from '#components/ui/card.tsx';
import { FormerRow, type FormerSettingsProps } from './former-settings.tsx';
import { useMappingWords } from './use-mapping-words.ts';

/** The property mappings of that moment, in the order of their page. */
export function FormerMappings({ view, isOnlyDifferences }: FormerSettingsProps) {
  const t = useTranslations('history');
  const { sayMapping } = useMappingWords();
  const rows = view.mappings.filter(({ isDifferent }) => isDifferent || !isOnlyDifferences);
  if (rows.length === 0 && isOnlyDifferences) return null;
  return (
    <Card title={t('mapping.title')}>
      {rows.length === 0 && <p className="mt-3 text-text-subtle">{t('mapping.none')}</p>}
      <dl className="mt-4">
        {rows.map(({ id, former, now, isDifferent }) => (
          <FormerRow
            key={id}
            label={(former ?? now)?.hubspotProperty ?? ''}
            now={isDifferent ? t('asOf.now', { value: sayMapping(now) }) : null}
          >
            {sayMapping(former)}
          </FormerRow>
        ))}
      </dl>
    </Card>
  );
}
