'use client';

import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { RadioCards } from '#components/ui/radio-cards.tsx';
import type { OwnRule } from '#lib/mappings/rules.ts';
import { type MappingView, ruleOptions } from '#lib/mappings/schemas.ts';
import { PreviewArea, type PreviewState } from './preview-area.tsx';

type Rule = MappingView['rule'];
export type EndWords = { label: string; name: string; kind: string };

export interface RuleStepProps {
  property: EndWords;
  field: EndWords;
  ownRule: OwnRule | null;
  rule: Rule;
  onRule: (rule: Rule) => void;
  /** Why a rule can't be chosen. */
  refusals: Partial<Record<Rule, string>>;
  /** Values only go one way, whatever the rule. */
  oneWay: string | null;
  /** What the creation of records would lack without this mapping. */
  required: string | null;
  preview: PreviewState;
  isReadOnly: boolean;
  /** Conflicts and failures, above all. */
  news: ReactNode;
  changed: string | null;
}

/** Second step of a mapping: the rule, in words, and what it does to people. */
export function RuleStep(props: RuleStepProps) {
  const { property, field, ownRule, rule, oneWay, required, preview, news, changed } = props;
  const t = useTranslations('mappings');
  return (
    <div className="grid gap-5">
      {news}
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-stretch gap-2.5">
        <End title={t('property')} words={property} />
        <ArrowLeftRight size={16} aria-hidden className="self-center text-text-subtle" />
        <End title={t('field')} words={field} />
      </div>
      {ownRule && <Alert tone="info">{t(`panel.own.${ownRule}`)}</Alert>}
      {oneWay && <Alert tone="info">{oneWay}</Alert>}
      {ownRule !== 'email' && <Rules {...props} />}
      {rule === 'DONT_SYNC' && required && (
        <Alert tone="caution" role="status">
          {t('panel.stopCaution', { fields: required })}
        </Alert>
      )}
      {!ownRule && <PreviewArea state={preview} rule={rule} />}
      {ownRule !== 'email' && <p className="text-small text-text-subtle">{t('panel.note')}</p>}
      {changed && <p className="text-small text-text-subtle">{changed}</p>}
    </div>
  );
}

function Rules({ ownRule, rule, onRule, refusals, isReadOnly }: RuleStepProps) {
  const t = useTranslations('mappings');
  const own: Rule = rule === 'DONT_SYNC' ? 'PREFER_SALESFORCE' : rule;
  const shown: readonly Rule[] = ownRule ? [own, 'DONT_SYNC'] : ruleOptions;
  return (
    <RadioCards
      label={t('panel.ruleLabel')}
      value={rule}
      onChange={onRule}
      isDisabled={isReadOnly}
      options={shown.map((id) => {
        const isOwn = ownRule !== null && id !== 'DONT_SYNC';
        return {
          id,
          label: isOwn ? t('panel.ownLabel') : t(`rules.${id}`),
          ...(isOwn ? {} : { description: refusals[id] ?? t(`panel.ruleText.${id}`) }),
          isDisabled: refusals[id] !== undefined,
        };
      })}
    />
  );
}

function End({ title, words }: { title: string; words: EndWords }) {
  return (
    <div className="min-w-0 rounded-card border border-line-card px-3.5 py-2.5">
      <p className="text-small text-text-subtle">{title}</p>
      <p className="truncate font-medium" title={words.name}>
        {words.label}
      </p>
      <p className="text-small text-text-subtle wrap-anywhere">{words.kind}</p>
    </div>
  );
}
