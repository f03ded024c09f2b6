'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { RunNews } from '#app/(app)/sync-activity/run-news.tsx';
import { ReceiptProofs, ReceiptSettings } from '#components/activity/receipt/receipt-aside.tsx';
import { ReceiptComparison } from '#components/activity/receipt/receipt-comparison.tsx';
import { ReceiptNotSynced } from '#components/activity/receipt/receipt-not-synced.tsx';
import { ReceiptResult } from '#components/activity/receipt/receipt-result.tsx';
import { useReceiptWords } from '#components/activity/receipt/use-receipt-words.ts';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { receiptQuery } from '#lib/insight/queries.ts';
import type { Receipt } from '#lib/insight/schemas.ts';
import { isActive } from '#lib/sync/rules.ts';
import { ReceiptActions } from './receipt-actions.tsx';

/** What one run did, cost and proves; live while it is under way. */
export function ReceiptPage({ id }: { id: string }) {
  const t = useTranslations('receipt');
  const { data: receipt } = useSuspenseQuery(receiptQuery(id));
  const now = useNow({ updateInterval: 5_000 }).getTime();
  const title = useReceiptWords().title(receipt);
  const facts = useFacts(receipt);
  return (
    <div className="receipt">
      <PageHead
        isNarrow
        back={{ href: '/sync-activity', label: t('back') }}
        tile={
          <span aria-hidden className="grid size-11 place-items-center rounded-card bg-info-soft text-info">
            <RefreshCw size={20} />
          </span>
        }
        title={title}
        facts={facts}
        actions={<ReceiptActions receipt={receipt} />}
      />
      <RunNews run={receipt} />
      <PageBody
        aside={
          <>
            <ReceiptSettings receipt={receipt} />
            <ReceiptProofs receipt={receipt} />
          </>
        }
      >
        <ReceiptResult receipt={receipt} now={now} title={title} />
        {receipt.comparison.length > 0 && <ReceiptComparison receipt={receipt} />}
        <ReceiptNotSynced receipt={receipt} />
      </PageBody>
    </div>
  );
}

function useFacts(receipt: Receipt) {
  const t = useTranslations('receipt');
  const format = useFormatter();
  const words = useReceiptWords();
  const { startedAt, createdAt, finishedAt, startedBy, number } = receipt;
  const from = words.short(startedAt ?? createdAt);
  const tone = toneOf(receipt);
  return [
    {
      id: 'status',
      content: (
        <span className="font-medium text-text">
          <StatusDot tone={tone} label={words.status(receipt)} />
        </span>
      ),
    },
    { id: 'span', content: finishedAt ? t('span', { from, to: words.time(finishedAt) }) : from },
    ...(startedBy ? [{ id: 'by', content: t('startedBy', { name: startedBy }) }] : []),
    { id: 'number', content: t('number', { number: format.number(number) }) },
  ];
}

function toneOf(receipt: Receipt): Tone {
  if (isActive(receipt)) return 'info';
  if (receipt.status === 'FAILED') return 'danger';
  if (receipt.status === 'STOPPED') return 'neutral';
  return receipt.counts.failed + receipt.counts.partial > 0 ? 'caution' : 'positive';
}
