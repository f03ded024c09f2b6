'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { NumberField } from '#components/ui/number-field.tsx';
import { SaveStatus } from '#components/ui/save-status.tsx';
import type { Health } from '#lib/insight/schemas.ts';
import { CallsChart } from './calls-chart.tsx';

export interface ApiUseCardProps {
  api: Health['api'];
  saving: 'idle' | 'saving' | 'saved';
  onAllocate: (calls: number) => void;
  /** Why this person can't change the allocation. */
  disabledReason?: string;
}

/** Used, allocated, limited: the calls of the last 24 hours. */
export function ApiUseCard(props: ApiUseCardProps) {
  const t = useTranslations('health');
  const { api } = props;
  return (
    <Card title={t('apiTitle')}>
      <div className="mt-4.5 grid gap-5 md:grid-cols-[1.15fr_1.15fr_1fr] md:gap-0">
        <Part>
          <Used api={api} />
        </Part>
        <Part>
          <Allocation key={api.allocation} {...props} />
        </Part>
        <Part>
          <Limit limit={api.limit} />
        </Part>
      </div>
      <CallsChart hours={api.hours} synced={api.synced} />
    </Card>
  );
}

function Part({ children }: { children: ReactNode }) {
  return (
    <div className="min-w-0 border-line max-md:border-t max-md:pt-5 max-md:first:border-t-0 max-md:first:pt-0 md:border-l md:px-6 md:first:border-l-0 md:first:pl-0 md:last:pr-0">
      {children}
    </div>
  );
}

function Figure({ name, figure, extra }: { name: string; figure: string; extra?: string }) {
  return (
    <>
      <h3 className="text-label">{name}</h3>
      <p className="mt-1.5 text-figure-card tabular-nums">
        <span className="mr-1.5 whitespace-nowrap">{figure}</span>
        {extra && <span className="inline-block font-light text-small text-text-subtle">{extra}</span>}
      </p>
    </>
  );
}

function Used({ api }: { api: Health['api'] }) {
  const t = useTranslations('health');
  const format = useFormatter();
  const { used, allocation } = api;
  if (allocation === null) return <Figure name={t('used')} figure={format.number(used)} />;
  const percent = (used / allocation) * 100;
  const numbers = { used: format.number(used), allocation: format.number(allocation) };
  const left = format.number(Math.max(allocation - used, 0));
  return (
    <>
      <Figure name={t('used')} figure={numbers.used} extra={t('usedOf', numbers)} />
      <Meter
        className="mt-3"
        label={t('usedSentence', numbers)}
        percent={percent}
        tone={percent >= 95 ? 'danger' : percent >= 80 ? 'caution' : 'accent'}
      />
      <p className="mt-2 text-small text-text-subtle tabular-nums">{t('left', { ...numbers, left })}</p>
    </>
  );
}

function Allocation({ api, saving, onAllocate, disabledReason }: ApiUseCardProps) {
  const t = useTranslations('health');
  const format = useFormatter();
  const [calls, setCalls] = useState(api.allocation);
  const [isWrong, setWrong] = useState(false);
  const most = api.limit ?? 1_000_000;
  const range = { least: format.number(1), most: format.number(most) };
  const update = () => {
    const isFine = calls !== null && Number.isInteger(calls) && calls >= 1 && calls <= most;
    setWrong(!isFine);
    if (isFine) onAllocate(calls);
  };
  return (
    <form
      noValidate
      className="flex items-start gap-2 md:max-lg:flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        update();
      }}
    >
      <NumberField
        label={t('allocated')}
        labelExtra={<SaveStatus state={saving} savingLabel={t('saving')} savedLabel={t('saved')} />}
        value={calls}
        onChange={(value) => {
          setCalls(value);
          setWrong(false);
        }}
        formatOptions={{ maximumFractionDigits: 0 }}
        className="w-[190px] max-w-full max-md:flex-1"
        isDisabled={disabledReason !== undefined}
        help={disabledReason ?? (api.limit === null ? t('limitUnknown') : t('atMost', { most: range.most }))}
        {...(isWrong ? { error: t('allocationWrong', range) } : {})}
      />
      {disabledReason === undefined && (
        <Button type="submit" className="mt-6.5 md:max-lg:mt-0" isBusy={saving === 'saving'}>
          {t('update')}
        </Button>
      )}
    </form>
  );
}

function Limit({ limit }: { limit: number | null }) {
  const t = useTranslations('health');
  const format = useFormatter();
  return (
    <>
      <Figure
        name={t('limited')}
        figure={limit === null ? '–' : format.number(limit)}
        {...(limit === null ? {} : { extra: t('perDay') })}
      />
      <p className="mt-2 text-small text-text-subtle">{t('limitedText')}</p>
    </>
  );
}
