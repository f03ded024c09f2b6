'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SettingsAsOf } from '#lib/settings/schemas.ts';

export interface AsOfBannerProps {
  view: SettingsAsOf;
  todayHref: string;
  hrefOf: (version: number) => string;
  /** Left out for who may only look, and when nothing differs. */
  onRestore?: () => void;
}

/** Whose moment this is, the changes before and after it, and the way back to today. */
export function AsOfBanner({ view, todayHref, hrefOf, onRestore }: AsOfBannerProps) {
  const t = useTranslations('history');
  const times = useTimes();
  const { asOf, changedAt, changedBy, connectedAt, former, previous, next } = view;
  const { version } = former;
  const moment = asOf ?? changedAt ?? connectedAt;
  const text = view.isBeforeConnecting
    ? t('asOf.before', { when: times.short(connectedAt) })
    : t('asOf.moment', { when: times.short(moment), version });
  const made = changedAt
    ? t('asOf.made', { name: changedBy ?? t('segbridge'), when: times.short(changedAt) })
    : t('asOf.defaults');
  return (
    <Banner
      tone="info"
      role="status"
      action={
        <div className="flex flex-wrap items-center gap-2">
          <nav aria-label={t('asOf.beside')} className="flex gap-1">
            <Beside side="previous" target={previous} hrefOf={hrefOf} />
            <Beside side="next" target={next} hrefOf={hrefOf} />
          </nav>
          {onRestore && !view.isBeforeConnecting && (
            <Button variant="primary" size="medium" onPress={onRestore}>
              {t('panel.restore', { version })}
            </Button>
          )}
          <ButtonLink variant="secondary" size="medium" href={todayHref}>
            {t('asOf.back')}
          </ButtonLink>
        </div>
      }
    >
      <span className="font-medium">{text}</span>{' '}
      {!view.isBeforeConnecting && <span className="text-small">{made}</span>}
    </Banner>
  );
}

function Beside(props: {
  side: 'previous' | 'next';
  target: SettingsAsOf['next'];
  hrefOf: (version: number) => string;
}) {
  const { side, target, hrefOf } = props;
  const t = useTranslations('history');
  const times = useTimes();
  if (!target) return null;
  const Icon = side === 'previous' ? ChevronLeft : ChevronRight;
  const name = t('asOf.versionAt', { version: target.version, when: times.short(target.at) });
  return (
    <Link
      href={hrefOf(target.version)}
      aria-label={name}
      title={name}
      className="touch-target relative grid size-8 place-items-center rounded-control border border-line-control bg-surface text-text hover:bg-surface-hover"
    >
      <Icon size={16} aria-hidden />
    </Link>
  );
}
