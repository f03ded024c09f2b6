'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import type { Change } from '#lib/activity/schemas.ts';
import { useActivityWords } from './use-activity-words.ts';

const headClass = 'h-9 px-4 text-left text-th text-text-subtle max-md:px-3';
const cellClass = 'px-4 py-2.5 align-top font-light break-words max-md:px-3';

/** Old and new value per field with its rule; what was not written says why under its row. */
export function ChangesTable({ caption, changes }: { caption: string; changes: readonly Change[] }) {
  const t = useTranslations('activity.details');
  const mappings = useTranslations('mappings');
  const words = useActivityWords();
  const sides = new Set(changes.map(({ to }) => to));
  const [only] = sides;
  const isOneWay = sides.size === 1 && only !== undefined;
  const source = only === 'hubspot' ? 'salesforce' : 'hubspot';
  return (
    <div className="overflow-hidden rounded-card border border-line-card bg-surface">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-line border-b">
            <th scope="col" className={headClass}>
              {t('property')}
            </th>
            <th scope="col" className={`${headClass} max-md:hidden`}>
              {t('rule')}
            </th>
            <th scope="col" className={headClass}>
              {isOneWay ? t('oldIn', { app: words.appOf(only) }) : t('old')}
            </th>
            <th scope="col" className={headClass}>
              {isOneWay ? t('newFrom', { app: words.appOf(source) }) : t('new')}
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const note = noteOf(change);
            return (
              <Fragment key={`${change.mappingId} ${change.to}`}>
                <tr className={note ? '' : 'border-line border-b last:border-b-0'}>
                  <th scope="row" className={`${cellClass} text-left`}>
                    {change.label}
                  </th>
                  <td className={`${cellClass} text-text-subtle max-md:hidden`}>
                    {mappings(`rules.${change.rule}`)}
                  </td>
                  <td className={`${cellClass} text-text-subtle`}>
                    <Value value={change.old} />
                  </td>
                  <td className={cellClass}>
                    <NewValue change={change} />
                  </td>
                </tr>
                {note && (
                  <tr className="border-line border-b last:border-b-0">
                    <td colSpan={4} className="px-4 pb-2.5 text-small text-text-subtle max-md:px-3">
                      {note}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );

  function noteOf(change: Change): string | null {
    if (change.failure) {
      return words.longError(change.failure, {
        field: change.label,
        value: change.new ?? '',
        app: words.appOf(change.to),
      });
    }
    return change.conflict ? t('conflict', { lost: change.conflict.lost ?? '' }) : null;
  }
}

function Value({ value }: { value: string | null }) {
  const t = useTranslations('activity.details');
  return value === null || value === '' ? <span className="text-text-subtle">{t('blank')}</span> : value;
}

function NewValue({ change }: { change: Change }) {
  const t = useTranslations('activity.details');
  if (!change.failure) {
    return (
      <span className="font-normal">
        <Value value={change.new} />
      </span>
    );
  }
  return (
    <span className="inline-flex items-start gap-1.5 text-danger">
      <CircleAlert size={16} aria-hidden className="mt-1 shrink-0" />
      <span>
        <span className="sr-only">{t('notWritten')} </span>
        <Value value={change.new} />
      </span>
    </span>
  );
}
