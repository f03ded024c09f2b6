import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Outcome } from '#lib/activity/schemas.ts';

/** From which system to which; `isShort`: in two letters each. Read in full. */
export function Flow({ direction, isShort }: { direction: Outcome['direction']; isShort?: boolean }) {
  const t = useTranslations('activity');
  const hubspot = isShort ? 'HS' : t('hubspot');
  const salesforce = isShort ? 'SF' : t('salesforce');
  const [from, to] = direction === 'TO_HUBSPOT' ? [salesforce, hubspot] : [hubspot, salesforce];
  const Arrow = direction === 'BOTH' ? ArrowLeftRight : ArrowRight;
  const name =
    direction === 'BOTH' ? t('bothWays') : direction === 'TO_HUBSPOT' ? t('toHubspot') : t('toSalesforce');
  return (
    <span title={isShort ? name : undefined}>
      <span className="sr-only">{name}</span>
      <span aria-hidden className="inline-flex items-center gap-1.5 whitespace-nowrap">
        {from}
        <Arrow size={14} strokeWidth={2.25} className="text-text-subtle" />
        {to}
      </span>
    </span>
  );
}
