'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { HealthHour } from '#lib/insight/schemas.ts';
import { chartSteps } from './chart-scale.ts';

const height = 120;
const slot = 100 / 24;

export interface CallsChartProps {
  /** The last 24 hours, oldest first; the last one is under way. */
  hours: readonly HealthHour[];
  synced: number;
}

/** Calls per hour as 24 bars, and the same as a table. */
export function CallsChart({ hours, synced }: CallsChartProps) {
  const t = useTranslations('health.calls');
  const format = useFormatter();
  const [isTable, setTable] = useState(false);
  return (
    <div className="mt-6 border-line border-t pt-4.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1 text-small text-text-subtle">
        <h3 className="text-h3 text-text">{t('title')}</h3>
        <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1 tabular-nums">
          {t('synced', { count: synced, number: format.number(synced) })}
          <Button variant="link" className="text-small" onPress={() => setTable(!isTable)}>
            {isTable ? t('asChart') : t('asTable')}
          </Button>
        </span>
      </div>
      {isTable ? <HoursTable hours={hours} /> : <Bars hours={hours} />}
    </div>
  );
}

function useHour() {
  const format = useFormatter();
  return (iso: string) =>
    format.dateTime(new Date(iso), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function Bars({ hours }: { hours: readonly HealthHour[] }) {
  const t = useTranslations('health.calls');
  const format = useFormatter();
  const hour = useHour();
  const busiest = hours.reduce((most, each) => (each.calls > most.calls ? each : most), {
    hour: '',
    calls: 0,
  });
  const steps = chartSteps(busiest.calls);
  const top = steps.at(-1) ?? 1;
  const label =
    busiest.calls === 0
      ? t('none')
      : t('sentence', {
          total: format.number(hours.reduce((sum, { calls }) => sum + calls, 0)),
          most: format.number(busiest.calls),
          hour: hour(busiest.hour),
        });
  const peakAt = hours.findIndex((each) => each.hour === busiest.hour);
  return (
    <div role="img" aria-label={label}>
      <div className="relative mt-5 ml-9 h-30 tabular-nums" aria-hidden>
        {steps.map((step) => (
          <span
            key={step}
            className="absolute inset-x-0 h-px bg-line"
            style={{ bottom: `${(step / top) * 100}%` }}
          >
            <span className="-translate-y-2 absolute -left-9 w-7 text-right text-text-subtle text-tiny">
              {format.number(step, { notation: 'compact' })}
            </span>
          </span>
        ))}
        <svg
          aria-hidden="true"
          className="relative h-30 w-full"
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
        >
          <defs>
            <pattern id="hour-under-way" width="1.2" height="9" patternUnits="userSpaceOnUse">
              <path d="M0 9 L1.2 0" stroke="var(--accent-bar)" strokeWidth="0.5" />
            </pattern>
          </defs>
          {hours.map(({ hour: at, calls }, index) => (
            <rect
              key={at}
              x={index * slot + slot * 0.07}
              width={slot * 0.86}
              y={height - (calls / top) * height}
              height={(calls / top) * height}
              fill={index === hours.length - 1 ? 'url(#hour-under-way)' : 'var(--accent-bar)'}
            />
          ))}
        </svg>
        {busiest.calls > 0 && (
          <span
            className="-translate-x-1/2 absolute text-tiny"
            style={{
              left: `${(peakAt + 0.5) * slot}%`,
              bottom: `calc(${(busiest.calls / top) * 100}% + 3px)`,
            }}
          >
            {format.number(busiest.calls)}
          </span>
        )}
      </div>
      <div className="relative mt-1.5 ml-9 h-4 text-text-subtle text-tiny" aria-hidden>
        {hours.map(({ hour: at }, index) => {
          const isLast = index === hours.length - 1;
          if (!isLast && (index % 3 !== 0 || index > 21)) return null;
          return (
            <span
              key={at}
              className={`-translate-x-1/2 absolute whitespace-nowrap ${!isLast && index % 6 !== 0 ? 'max-md:hidden' : ''}`}
              style={{ left: `${(index + 0.5) * slot}%` }}
            >
              {isLast ? t('now') : hour(at)}
            </span>
          );
        })}
      </div>
    </div>
  );
}

function HoursTable({ hours }: { hours: readonly HealthHour[] }) {
  const t = useTranslations('health.calls');
  const format = useFormatter();
  const hour = useHour();
  return (
    <table className="mt-3 w-full max-w-80 border-collapse text-small tabular-nums">
      <caption className="sr-only">{t('title')}</caption>
      <thead>
        <tr className="border-line border-b text-left text-text-subtle text-th">
          <th scope="col">{t('hour')}</th>
          <th scope="col" className="text-right">
            {t('column')}
          </th>
        </tr>
      </thead>
      <tbody>
        {[...hours].reverse().map(({ hour: at, calls }, index) => (
          <tr key={at} className="border-line border-b last:border-b-0">
            <th scope="row" className="py-1 text-left font-light">
              {index === 0 ? t('hourNow', { hour: hour(at) }) : hour(at)}
            </th>
            <td className="text-right">{format.number(calls)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
