'use client';

import { Check, Copy, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { WhyConflict } from '#lib/insight/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

const shown = 3;

/** Values that were overwritten in the last days: both, which one was used, and the lost one to copy. */
export function ConflictCards(props: {
  conflicts: readonly WhyConflict[];
  onCopy: (text: string) => void;
  /** Leave out for those who may only look. */
  onDismiss?: (id: string) => void;
}) {
  const { conflicts, onCopy, onDismiss } = props;
  const t = useTranslations('contacts.conflict');
  const [isAll, setAll] = useState(false);
  const rest = conflicts.length - shown;
  return (
    <>
      {conflicts.slice(0, isAll ? undefined : shown).map((conflict) => (
        <ConflictCard
          key={conflict.id}
          conflict={conflict}
          onCopy={onCopy}
          {...(onDismiss ? { onDismiss: () => onDismiss(conflict.id) } : {})}
        />
      ))}
      {!isAll && rest > 0 && (
        <Button variant="link" onPress={() => setAll(true)}>
          {t('more', { count: rest })}
        </Button>
      )}
    </>
  );
}

function ConflictCard(props: {
  conflict: WhyConflict;
  onCopy: (text: string) => void;
  onDismiss?: () => void;
}) {
  const { conflict, onCopy, onDismiss } = props;
  const t = useTranslations('contacts.conflict');
  const words = useWhyWords();
  const { hubspotAt, salesforceAt, winner } = conflict;
  const lost = winner === 'hubspot' ? conflict.salesforceValue : conflict.hubspotValue;
  const isTie = hubspotAt !== null && hubspotAt.slice(0, 19) === salesforceAt?.slice(0, 19);
  return (
    <Card
      title={t('title', { label: conflict.label })}
      actions={
        <span className="flex items-center gap-2 text-small text-text-subtle tabular-nums">
          {t('decided', { time: words.when(conflict.at) })}
          {onDismiss && (
            <IconButton size="small" label={t('dismiss')} icon={<X size={16} />} onPress={onDismiss} />
          )}
        </span>
      }
    >
      <div className="mt-4 grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <Value conflict={conflict} side="hubspot" />
        <Value conflict={conflict} side="salesforce" />
      </div>
      <p className="mt-3 text-small text-text-subtle">{isTie ? t('tie') : t('later')}</p>
      {lost !== null && (
        <Button
          className="mt-2"
          variant="link"
          icon={<Copy size={14} aria-hidden />}
          onPress={() => onCopy(lost)}
        >
          {t('copy', { value: lost })}
        </Button>
      )}
    </Card>
  );
}

function Value({ conflict, side }: { conflict: WhyConflict; side: 'hubspot' | 'salesforce' }) {
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const { isHidden, winner } = conflict;
  const isHubSpot = side === 'hubspot';
  const value = isHubSpot ? conflict.hubspotValue : conflict.salesforceValue;
  const at = isHubSpot ? conflict.hubspotAt : conflict.salesforceAt;
  const hasWon = winner === side;
  return (
    <div
      className={`rounded-card border p-3.5 ${hasWon ? 'border-2 border-accent bg-accent-soft' : 'border-line-card'}`}
    >
      <h3 className="flex flex-wrap items-center justify-between gap-2 text-small">
        {t(`fields.${side}`)}
        {hasWon ? (
          <Tag tone="positive" icon={<Check size={12} aria-hidden />}>
            {t('conflict.used')}
          </Tag>
        ) : (
          <Tag>{t('conflict.kept')}</Tag>
        )}
      </h3>
      <p className="mt-1 font-medium break-words">{words.valueText({ value, isHidden })}</p>
      {at && (
        <p className="mt-0.5 text-small text-text-subtle tabular-nums">
          {isHubSpot ? words.second(at) : t('conflict.recordChanged', { time: words.second(at) })}
        </p>
      )}
    </div>
  );
}
