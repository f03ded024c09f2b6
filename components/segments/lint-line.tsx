'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type AlertTone, alertColours, alertIcons } from '#components/ui/alert.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Lint } from '#lib/segments/schemas.ts';

/** A finding as it is shown: its sentence, and what can be done about it. */
export type ShownLint = {
  lint: Lint;
  sentence: string;
  action: { label: string; onPress: () => void } | { label: string; href: string } | null;
  /** The filters have changed since, and are being looked at anew. */
  isOld?: boolean;
  /** Leave out for what cannot be hidden. */
  onHide?: () => void;
};

export const lintTones: Record<Lint['level'], AlertTone> = { stop: 'danger', warn: 'caution', note: 'info' };
const roles = { stop: 'alert', warn: 'status', note: 'note' } as const;

/** Lines under what they are about. `id` lets the row name them as its description. */
export function LintLines({ id, lints }: { id?: string; lints: readonly ShownLint[] }) {
  if (lints.length === 0) return null;
  return (
    <div id={id} className="relative z-10 grid gap-1">
      {lints.map((shown) => (
        <LintLine key={shown.lint.key} {...shown} />
      ))}
    </div>
  );
}

function LintLine({ lint, sentence, action, isOld, onHide }: ShownLint) {
  const t = useTranslations('segmentLint');
  const tone = lintTones[lint.level];
  const Icon = alertIcons[tone];
  const look = 'touch-target relative font-medium text-link hover:underline';
  return (
    <div
      role={roles[lint.level]}
      className={clsx(
        'flex items-start gap-2 rounded-item py-0.5 pr-1 pl-2 text-small transition-opacity',
        isOld && 'opacity-60',
        alertColours[tone].box.split(' ').find((name) => name.startsWith('bg-')),
      )}
    >
      <Icon
        size={15}
        aria-label={t(`levels.${lint.level}`)}
        className={clsx('mt-[5px] shrink-0', alertColours[tone].icon)}
      />
      <p className="min-w-0 flex-1 py-0.5 break-words">
        {sentence}{' '}
        {action && 'href' in action && (
          <Link
            href={action.href}
            target="_blank"
            className={look}
            aria-label={`${action.label}, ${t('opensNewTab')}`}
          >
            {action.label}
          </Link>
        )}
        {action && 'onPress' in action && (
          <button type="button" onClick={action.onPress} className={look}>
            {action.label}
          </button>
        )}
      </p>
      {onHide && (
        <IconButton
          size="small"
          label={t('hide')}
          icon={<X size={14} aria-hidden />}
          onPress={onHide}
          hasTooltip={false}
        />
      )}
    </div>
  );
}
