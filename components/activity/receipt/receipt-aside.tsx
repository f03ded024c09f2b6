'use client';

import { CircleCheck, CircleX, Clock } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { Card } from '#components/ui/card.tsx';
import type { Proof, Receipt } from '#lib/insight/schemas.ts';
import { useReceiptWords } from './use-receipt-words.ts';

/** The settings that the run went by. */
export function ReceiptSettings({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt.settings');
  const settings = useTranslations('settings');
  const format = useFormatter();
  const { short } = useReceiptWords();
  const then = receipt.settings;
  const began = receipt.startedAt ?? receipt.createdAt;
  const version = String(then.version);
  const numbers = {
    all: format.number(then.mappings.all),
    twoWay: format.number(then.mappings.twoWay),
  };
  const items = [
    [t('version'), then.since ? t('since', { version, time: short(then.since) }) : version],
    [t('list'), then.segment ?? t('noList')],
    [
      t('fromSalesforce'),
      settings(then.salesforceChanges === 'do_nothing' ? 'creating.doNothing' : 'creating.createContact'),
    ],
    [
      t('fromHubspot'),
      settings(then.hubspotCreates === 'lead' ? 'creating.createLead' : 'creating.createContact'),
    ],
    [
      t('deleting'),
      settings(then.salesforceDeletes === 'do_nothing' ? 'deleting.doNothing' : 'deleting.deleteContact'),
    ],
    [t('mappings'), t('mappingsCount', numbers)],
  ];
  return (
    <Card title={t('title')} isAside className="print:break-inside-avoid">
      <dl className="mt-3">
        {items.map(([term, value]) => (
          <div
            key={term}
            className="grid grid-cols-[88px_minmax(0,1fr)] gap-3 border-line border-b py-2 text-small last:border-b-0"
          >
            <dt className="text-text-subtle">{term}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {then.changes.map((change) => (
        <p key={change.version} className="mt-2 text-small text-text-subtle">
          {t('changed', { version: String(change.version), time: short(change.at) })}
        </p>
      ))}
      {receipt.confirmations.map((confirmation) => (
        <p key={confirmation.at} className="mt-2 text-small text-text-subtle">
          {t('confirmed', { name: confirmation.by ?? '–', time: short(confirmation.at) })}
        </p>
      ))}
      <p className="mt-3 border-line border-t pt-3 print:hidden">
        <Link
          href={`${settingsPaths.salesforce}?as-of=${encodeURIComponent(began)}`}
          className="font-medium text-small"
        >
          {t('asOf', { time: short(began) })}
        </Link>
      </p>
    </Card>
  );
}

const icons = { passed: CircleCheck, failed: CircleX, open: Clock };
const tones = { passed: 'text-positive', failed: 'text-danger', open: 'text-text-subtle' };

/** Checks of the sync's own rules, made on this run. */
export function ReceiptProofs({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt');
  return (
    <Card title={t('proofs.title')} isAside className="print:break-inside-avoid">
      <ul className="mt-3 grid gap-2.5">
        {receipt.proofs.map((proof) => (
          <ProofLine key={proof.id} proof={proof} />
        ))}
      </ul>
      <p className="mt-3 border-line border-t pt-3 text-small text-text-subtle">
        {t(receipt.isErased ? 'erased' : 'foot', { days: receipt.keepingDays })}
      </p>
    </Card>
  );
}

function ProofLine({ proof }: { proof: Proof }) {
  const t = useTranslations('receipt.proofs');
  const format = useFormatter();
  const { time } = useReceiptWords();
  const says = `${proof.id}_${proof.state}`;
  const Icon = icons[proof.state];
  return (
    <li className="flex gap-2 text-small">
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${tones[proof.state]}`} />
      <span className={proof.state === 'failed' ? 'text-danger' : undefined}>
        <span className="sr-only">{t(`state.${proof.state}`)}: </span>
        {t(`of.${says}`, {
          count: proof.people,
          number: format.number(proof.people),
          time: proof.at ? time(proof.at) : '',
        })}
      </span>
    </li>
  );
}
