'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { healthPath } from '#components/connections/app-identity.ts';
import { useWhyWords } from '#components/contacts/use-why-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Why } from '#lib/insight/schemas.ts';

/** What stands above the verdict: what holds up everybody, who was merged into this one, who did not answer. */
export function WhyNotes(props: { why: Why; isError: boolean; isFetching: boolean; onRetry: () => void }) {
  const { why, isError, isFetching, onRetry } = props;
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const former = useSearchParams().get('merged');
  const silent = (['hubspot', 'salesforce'] as const).filter((side) => why.sides[side] === 'silent');
  const asked = !isFetching && !isError;
  const retry = (
    <Button size="medium" onPress={onRetry} isBusy={isFetching}>
      {t('retry')}
    </Button>
  );
  if (why.obstacles.length === 0 && !former && !isError && !(asked && silent.length > 0)) return null;
  return (
    <div className="grid gap-3">
      {why.obstacles.map(({ kind, by }) => (
        <Alert
          key={kind}
          tone="caution"
          title={kind === 'paused' && by ? t('banner.paused_by', { name: by }) : t(`banner.${kind}`)}
        >
          <Link href={healthPath}>{t('banner.link')}</Link>
        </Alert>
      ))}
      {former && /^\d{1,20}$/.test(former) && former !== why.id && (
        <Alert tone="info" title={t('mergedFrom', { id: former })} />
      )}
      {isError && (
        <Alert
          tone="caution"
          role="status"
          title={t('stale', { time: words.when(why.checkedAt) })}
          actions={retry}
        />
      )}
      {asked &&
        silent.map((side) => (
          <Alert
            key={side}
            tone="caution"
            role="status"
            title={t('silent', { app: t(`fields.${side}`) })}
            actions={retry}
          />
        ))}
    </div>
  );
}
