'use client';

import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode, useState } from 'react';
import { useFilterWords } from '#components/segments/use-filter-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import type { CriteriaGroup, NowValue } from '#lib/insight/schemas.ts';
import { describeItem } from '#lib/segments/filter/describe.ts';
import { filterSchema, readBranch } from '#lib/segments/filter/model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

/** More than so many rows: groups that are met fold. */
const shownRows = 8;

type Item = CriteriaGroup['items'][number];

/** Every criterion of the list: met or not, what the contact holds now, since when and by whom. */
export function CriteriaTree({
  groups,
  parts,
}: {
  groups: readonly CriteriaGroup[];
  parts: FilterParts | undefined;
}) {
  const t = useTranslations('contacts.criteria');
  const rows = groups.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <div className="mt-2 overflow-hidden rounded-card border border-line-card">
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no id and never move.
        <Fragment key={index}>
          {index > 0 && (
            <p className="border-line border-b py-1 text-center text-tiny font-semibold">{t('or')}</p>
          )}
          <Group group={group} number={index + 1} parts={parts} folds={rows > shownRows} />
        </Fragment>
      ))}
    </div>
  );
}

function Group(props: {
  group: CriteriaGroup;
  number: number;
  parts: FilterParts | undefined;
  folds: boolean;
}) {
  const { group, number, parts, folds } = props;
  const t = useTranslations('contacts.criteria');
  const isMet = group.verdict === 'yes';
  const [isOpen, setOpen] = useState(!(folds && isMet));
  const [name, tag] = isMet
    ? [t('met'), 'positive' as const]
    : [t('away', { count: group.away }), 'caution' as const];
  return (
    <section>
      <h3 className="flex flex-wrap items-center gap-2 border-line border-b bg-surface-recessed px-4 py-2.5 text-h3">
        {t('group', { number })}
        {(isMet || group.away > 0) && <Tag tone={tag}>{name}</Tag>}
        {!isOpen && (
          <Button variant="link" onPress={() => setOpen(true)}>
            {t('show')}
          </Button>
        )}
      </h3>
      {isOpen && (
        <ul>
          {group.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: filters have no id and never move.
            <Row key={index} item={item} parts={parts} />
          ))}
        </ul>
      )}
    </section>
  );
}

const icons: Record<Item['verdict'], ReactNode> = {
  yes: <CircleCheck size={18} className="text-positive" />,
  no: <CircleX size={18} className="text-danger" />,
  unknown: <CircleHelp size={18} className="text-text-subtle" />,
};

function Row({ item, parts }: { item: Item; parts: FilterParts | undefined }) {
  const t = useTranslations('contacts.criteria');
  const { words } = useFilterWords(parts);
  return (
    <li className="grid grid-cols-[18px_minmax(0,1fr)] gap-x-2.5 border-line border-b px-4 py-3 last:border-b-0">
      <span aria-hidden className="mt-0.5">
        {icons[item.verdict]}
      </span>
      <div className="min-w-0 break-words">
        <VisuallyHidden>{t(item.verdict)} </VisuallyHidden>
        {phrasesOf(item).map((phrase) => {
          const { owner, subject, operator, sentence } = words(phrase);
          const rest = sentence.slice(
            [owner && `${owner}:`, subject, operator].filter(Boolean).join(' ').length,
          );
          return (
            <p key={sentence}>
              {owner && <span className="text-text-subtle">{owner}: </span>}
              <b>{subject}</b> <span className="text-text-subtle">{operator}</span>
              {rest}
            </p>
          );
        })}
        {item.now.map((now) => (
          <Now key={now.property} now={now} isMet={item.verdict !== 'no'} />
        ))}
        {item.verdict === 'unknown' && <p className="text-small text-text-subtle">{t('only')}</p>}
      </div>
    </li>
  );
}

function phrasesOf({ json, isBranch }: Item) {
  if (isBranch) {
    const branch = readBranch(json);
    return branch ? describeItem({ json: branch, isBranch }) : [];
  }
  const filter = filterSchema.safeParse(json);
  return filter.success ? describeItem({ json: filter.data, isBranch }) : [];
}

const sources: Record<string, string> = {
  IMPORT: 'import',
  FORM: 'form',
  FORMS: 'form',
  AUTOMATION_PLATFORM: 'workflow',
  WORKFLOWS: 'workflow',
  WORKFLOW: 'workflow',
  CRM_UI: 'user',
  CONTACTS_WEB: 'user',
  MOBILE_IOS: 'user',
  MOBILE_ANDROID: 'user',
  API: 'api',
  INTEGRATION: 'api',
  CALCULATED: 'calculation',
  SALESFORCE: 'salesforce',
};

function Now({ now, isMet }: { now: NowValue; isMet: boolean }) {
  const t = useTranslations('contacts.criteria');
  const source = useTranslations('contacts.source');
  const words = useWhyWords();
  const time = now.since ? words.when(now.since) : null;
  const by = now.source ? source(sources[now.source] ?? 'other') : null;
  return (
    <p className="mt-0.5 text-small text-text-subtle tabular-nums">
      {t('now')}{' '}
      <span className={isMet ? 'font-medium text-text' : 'font-medium text-danger'}>
        {words.valueText(now)}
      </span>
      {time && `, ${by ? t('sinceBy', { time, source: by }) : t('since', { time })}`}
      {now.before !== null && !now.isHidden && `. ${t('before', { value: now.before })}`}
    </p>
  );
}
