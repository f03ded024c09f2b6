import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Outcome } from '#lib/activity/schemas.ts';

/** From which system to which, in two letters each; read in full. */
export function ShortFlow({ direction }: { direction: Outcome['direction'] }) {
  const t = useTranslations('activity');
  const name =
    direction === 'BOTH' ? t('bothWays') : direction === 'TO_HUBSPOT' ? t('toHubspot') : t('toSalesforce');
  const Arrow = direction === 'BOTH' ? ArrowLeftRight : ArrowRight;
  const [from, to] = direction === 'TO_HUBSPOT' ? ['SF', 'HS'] : ['HS', 'SF'];
  return (
    <span title={name}>
      <span className="sr-only">{name}</span>
      <span aria-hidden className="inline-flex items-center gap-1.5 whitespace-nowrap">
        {from}
        <Arrow size={14} strokeWidth={2.25} className="text-text-subtle" />
        {to}
      </span>
    </span>
  );
}
