'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFilterWords } from '#components/segments/use-filter-words.ts';
import { Card } from '#components/ui/card.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import type { CriteriaGroup, Why } from '#lib/insight/schemas.ts';
import { describeItem } from '#lib/segments/filter/describe.ts';
import { filterSchema, readBranch } from '#lib/segments/filter/model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

const general = [
  'paused',
  'budget',
  'held',
  'not_connected',
  'list_gone',
  'deleted',
  'deleted_here',
  'erased',
];
const mostGroups = 2;

type Misses = { count: number; href: string };

/** What would let a contact in, or let it go; nearest first. */
export function ChangeCard(props: {
  why: Why;
  parts: FilterParts | undefined;
  /** The names of properties and options are still to come. */
  isNaming: boolean;
  /** How many people miss only what this person misses, and where they are; null: not known. */
  misses: Misses | null;
}) {
  const { why, parts, isNaming, misses } = props;
  const t = useTranslations('contacts.change');
  const common = useTranslations('common');
  const format = useFormatter();
  const words = useWhyWords();
  const sentence = useSentence(parts);
  const ways = useWays(why, sentence, misses);
  if (general.includes(why.verdict.kind) || ways.length === 0) return null;
  const isIn = why.list?.isMember !== false;
  const isWaiting = ['never_triggered', 'no_email'].includes(why.verdict.kind);
  return (
    <Card title={isIn && !isWaiting ? t('stop') : t('would')} isAside>
      {isNaming && why.list?.isMember === false ? (
        <Skeleton label={common('loading')} className="mt-3 grid gap-3">
          <SkeletonBlock className="h-9 w-full" />
          <SkeletonBlock className="h-5 w-2/3" />
        </Skeleton>
      ) : (
        <ul className="mt-3 grid gap-3">
          {ways.map((way, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the ways have no id and never move.
            <li key={index} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2 text-small">
              <ArrowRight size={16} aria-hidden className="mt-0.5 text-accent" />
              <span className="break-words">{way}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 border-line border-t pt-3 text-small text-text-subtle tabular-nums empty:hidden">
        {why.thenSync.length > 0 &&
          `${t('then', { properties: format.list(why.thenSync, { type: 'conjunction' }) })} `}
        {why.nextCheckAt && t('next', { time: words.when(why.nextCheckAt) })}
      </p>
    </Card>
  );
}

function useWays(why: Why, sentence: (item: Item) => string, misses: Misses | null): ReactNode[] {
  const t = useTranslations('contacts.change');
  const format = useFormatter();
  const b = (text: ReactNode) => <b>{text}</b>;
  const { verdict, criteria, list } = why;
  if (verdict.kind === 'never_triggered') return [t.rich('trigger', { b })];
  if (verdict.kind === 'no_email') return [t.rich('email', { b })];
  if (!criteria || !list) return [];
  if (list.isMember === false) {
    const nearest = criteria.filter(({ away }) => away > 0).toSorted((x, y) => x.away - y.away);
    const ways: ReactNode[] = nearest.slice(0, mostGroups).map(({ items }, index) => {
      const missing = items.filter((item) => item.verdict === 'no').map(sentence);
      const text = format.list(missing, { type: 'conjunction' });
      return index === 0 ? text : t('or', { text });
    });
    if (!list.canEdit) return ways;
    const href = misses?.href ?? `/segments/${list.listId}/edit`;
    const link = (text: ReactNode) => <Link href={href}>{text}</Link>;
    return [...ways, misses ? t.rich('misses', { count: misses.count, link }) : t.rich('less', { link })];
  }
  return criteria.flatMap(({ verdict: met, items }, index) => {
    if (met !== 'yes') return [];
    const labels = items.flatMap(({ now }) => now.map(({ label }) => label));
    if (labels.length === 0) return [];
    const properties = format.list([...new Set(labels)], { type: 'disjunction' });
    return [t.rich('leaves', { properties, number: index + 1, b })];
  });
}

type Item = CriteriaGroup['items'][number];

function useSentence(parts: FilterParts | undefined) {
  const { words } = useFilterWords(parts);
  return ({ json, isBranch }: Item): string => {
    const read = isBranch ? readBranch(json) : (filterSchema.safeParse(json).data ?? null);
    if (!read) return '';
    return describeItem({ json: read, isBranch })
      .map((phrase) => words(phrase).sentence)
      .join(', ');
  };
}
