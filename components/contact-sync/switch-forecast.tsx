'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SwitchForecast as Forecast } from '#lib/insight/schemas.ts';
import { Heading } from './switch-numbers.tsx';

type Calls = Forecast['start'];

/** What a resync of those who start, or of everybody, would cost, and each day afterwards. */
export function SwitchForecast({ forecast, failure }: { forecast: Forecast | null; failure: string | null }) {
  const t = useTranslations('switch.forecast');
  return (
    <>
      <Heading>{t('title')}</Heading>
      {forecast ? (
        <Table forecast={forecast} />
      ) : (
        <p className="mt-1 text-small text-text-subtle">
          {failure === null ? t('loading') : t('failed', { reason: failure })}
        </p>
      )}
    </>
  );
}

function Table({ forecast }: { forecast: Forecast }) {
  const t = useTranslations('switch.forecast');
  const format = useFormatter();
  const { start, all, daily, left, accuracy } = forecast;
  const isMore = (calls: Calls) => left !== null && calls.salesforce > left.calls;
  const row = (label: string, calls: Calls) => (
    <Row label={label} caution={isMore(calls) ? t('more') : null}>
      <Cell>{format.number(calls.salesforce)}</Cell>
      <Cell>{format.number(calls.hubspot)}</Cell>
      <Cell>
        <Time minutes={calls.minutes} />
      </Cell>
    </Row>
  );
  const signed = (value: number) => format.number(value, { signDisplay: 'exceptZero' });
  return (
    <>
      <table className="mt-1 w-full text-small tabular-nums">
        <caption className="sr-only">{t('caption')}</caption>
        <thead>
          <tr className="text-text-subtle">
            <th scope="col">
              <span className="sr-only">{t('what')}</span>
            </th>
            <Head>Salesforce</Head>
            <Head>HubSpot</Head>
            <Head>{t('time')}</Head>
          </tr>
        </thead>
        <tbody>
          {row(t('start', { count: start.people }), start)}
          {row(t('all', { count: all.people }), all)}
          {daily && (
            <Row label={t('daily')} caution={null}>
              <Cell>
                {format.number(daily.salesforce)}
                {daily.difference !== 0 && (
                  <span className="text-text-subtle"> ({signed(daily.difference)})</span>
                )}
              </Cell>
              <Cell>{format.number(daily.hubspot)}</Cell>
              <Cell />
            </Row>
          )}
        </tbody>
      </table>
      <p className="mt-2 text-text-subtle text-tiny tabular-nums">
        {left && `${t('left', { left: left.calls, of: left.of })} `}
        {accuracy ? t('accuracy', accuracy) : t('noRun')}
      </p>
    </>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className="py-1.5 pl-3 text-right font-semibold">
      {children}
    </th>
  );
}

function Row({ label, caution, children }: { label: string; caution: string | null; children: ReactNode }) {
  return (
    <tr className="border-line border-t align-top first:border-t">
      <th scope="row" className="py-1.5 text-left font-light">
        {label}
        {caution && <span className="block text-caution text-tiny">{caution}</span>}
      </th>
      {children}
    </tr>
  );
}

function Cell({ children }: { children?: ReactNode }) {
  return <td className="py-1.5 pl-3 text-right">{children}</td>;
}

function Time({ minutes }: { minutes: number | null }) {
  const t = useTranslations('switch.forecast');
  if (minutes === null) return '–';
  if (minutes < 1) return t('underOne');
  const whole = Math.round(minutes);
  if (whole < 60) return t('minutes', { minutes: whole });
  return t('hours', { hours: Math.floor(whole / 60), minutes: whole % 60 });
}
