'use client';

import { Ban, Check, Clock, Mail, Pause, TriangleAlert, Unlink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { Why } from '#lib/insight/schemas.ts';
import { looks, useWhyWords } from './use-why-words.ts';

const marks: Record<string, { icon: ReactNode; className: string }> = {
  syncing: { icon: <Check size={20} />, className: 'bg-positive-soft text-positive' },
  waiting: { icon: <Clock size={20} />, className: 'bg-info-soft text-info' },
  notSyncing: { icon: <Ban size={20} />, className: 'bg-surface-selected text-text-subtle' },
  emailOnly: { icon: <Mail size={20} />, className: 'bg-violet-soft text-violet' },
  error: { icon: <TriangleAlert size={20} />, className: 'bg-danger-soft text-danger' },
  paused: { icon: <Pause size={20} />, className: 'bg-surface-selected text-text-subtle' },
  notLinked: { icon: <Unlink size={20} />, className: 'bg-caution-soft text-caution' },
  deleted: { icon: <Ban size={20} />, className: 'bg-surface-selected text-text-subtle' },
};

export interface VerdictCardProps {
  why: Why;
  /** Both systems are being asked: what shows is what was stored. */
  isChecking: boolean;
  /** Leave out where the person may not, or nothing can be tried. */
  onRetry?: () => void;
  isRetrying?: boolean;
}

/** In one sentence whether a contact syncs, and why. */
export function VerdictCard({ why, isChecking, onRetry, isRetrying }: VerdictCardProps) {
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const headingId = useId();
  const { tag, tone } = looks[why.verdict.kind];
  const mark = marks[tag];
  const help = useHelp(why);
  return (
    <section
      aria-labelledby={headingId}
      className="flex gap-4 rounded-card border border-line-card bg-surface p-6 max-md:flex-col max-md:gap-3 max-md:p-4"
    >
      <span
        aria-hidden
        className={`grid size-10 shrink-0 place-items-center rounded-full ${mark?.className ?? ''}`}
      >
        {mark?.icon}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-small text-text-subtle tabular-nums">
          <Tag tone={tone}>{t(`tags.${tag}`)}</Tag>
          {why.verdict.kind === 'exception' && <Tag>{t('tags.exception')}</Tag>}
          {why.verdict.since && t('since', { time: words.when(why.verdict.since) })}
          {isChecking && <span>{t('why.checking')}</span>}
        </p>
        <h2 id={headingId} className="mt-1 max-w-[44ch] text-h2-page break-words" aria-live="polite">
          {words.sentence(why)}
        </h2>
        {help.length > 0 && <p className="mt-1 max-w-[66ch] text-text-subtle">{help.join(' ')}</p>}
        {onRetry && (
          <Button className="mt-3" size="medium" onPress={onRetry} isBusy={isRetrying ?? false}>
            {t('retry')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** At most two sentences more. */
function useHelp(why: Why): string[] {
  const t = useTranslations('contacts');
  const activity = useTranslations('activity');
  const errors = useActivityWords();
  const { verdict, email, link } = why;
  switch (verdict.kind) {
    case 'never_triggered':
      return why.list ? [t('help.never_triggered')] : [];
    case 'left':
      return [link ? t('help.left', { count: verdict.changes }) : t('help.left_unlinked')];
    case 'email_only':
    case 'exception':
    case 'no_email':
    case 'merged':
      return [t(`help.${verdict.kind}`)];
    case 'paused':
      return verdict.by ? [t('help.paused', { name: verdict.by })] : [];
    case 'link_lost':
      return email ? [t('help.link_lost', { email })] : [];
    case 'deleted':
      return why.formerLinks.length > 0 ? [t('help.deleted')] : [];
    case 'failed':
    case 'address_held':
    case 'automation_loop': {
      const { failure } = verdict;
      if (!failure) return [];
      const app = activity(failure.to === 'hubspot' ? 'hubspot' : 'salesforce');
      return [...(failure.isPartial ? [t('help.partial')] : []), errors.cure(failure, app)];
    }
    default:
      return [];
  }
}
