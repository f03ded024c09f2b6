import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Outcome } from '#lib/activity/schemas.ts';

/** From which system to which. */
export function Flow({ direction }: { direction: Outcome['direction'] }) {
  const t = useTranslations('activity');
  const [from, to] =
    direction === 'TO_HUBSPOT' ? [t('salesforce'), t('hubspot')] : [t('hubspot'), t('salesforce')];
  const Arrow = direction === 'BOTH' ? ArrowLeftRight : ArrowRight;
  const name =
    direction === 'BOTH' ? t('bothWays') : direction === 'TO_HUBSPOT' ? t('toHubspot') : t('toSalesforce');
  return (
    <span>
      <span className="sr-only">{name}</span>
      <span aria-hidden className="inline-flex items-center gap-1.5 whitespace-nowrap">
        {from}
        <Arrow size={14} strokeWidth={2.25} className="text-text-subtle" />
        {to}
      </span>
    </span>
  );
}
