'use client';

import { Check, Clock, Minus, TriangleAlert, X } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import type { Step, Why } from '#lib/insight/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

const dots: Record<Step['state'], { icon: ReactNode; className: string }> = {
  passed: { icon: <Check size={14} strokeWidth={2.25} />, className: 'bg-positive-soft text-positive' },
  caution: { icon: <TriangleAlert size={13} />, className: 'bg-caution-soft text-caution' },
  failed: { icon: <X size={14} strokeWidth={2.25} />, className: 'bg-danger-soft text-danger' },
  waiting: { icon: <Clock size={14} />, className: 'bg-info-soft text-info' },
  open: { icon: <Minus size={14} />, className: 'bg-surface-selected text-text-subtle' },
};

export interface WhyChainProps {
  why: Why;
  isChecking: boolean;
  onCheck: () => void;
  /** The criteria of the list, under its step. */
  children?: ReactNode;
}

/** The six steps from a change to its values being written, each with what decided it. */
export function WhyChain({ why, isChecking, onCheck, children }: WhyChainProps) {
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const stepWords = useStepWords(why);
  return (
    <Card
      title={t('why.title')}
      actions={
        <span className="flex flex-wrap items-center gap-x-3 text-small text-text-subtle tabular-nums">
          {isChecking ? t('why.checking') : t('why.checked', { time: words.when(why.checkedAt) })}
          <Button variant="link" onPress={onCheck} isDisabled={isChecking}>
            {t('why.again')}
          </Button>
        </span>
      }
    >
      <ol className="mt-4">
        {why.steps.map((step, index) => (
          <li key={step.id} className="relative grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0">
            {index < why.steps.length - 1 && (
              <span aria-hidden className="absolute top-6 bottom-0 left-3 w-px bg-line" />
            )}
            <span
              aria-hidden
              className={`relative grid size-6 place-items-center rounded-full ${dots[step.state].className}`}
            >
              {dots[step.state].icon}
            </span>
            <div className="min-w-0">
              <p className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-4 max-md:flex-col">
                <span className={step.state === 'open' ? 'text-text-subtle' : 'font-medium'}>
                  <VisuallyHidden>{t(`state.${step.state}`)} </VisuallyHidden>
                  {stepWords.title(step)}
                </span>
                <span className="text-small text-text-subtle tabular-nums">
                  {step.id === 'list' && step.fact === 'outside' && why.list ? (
                    <Link href={`/segments/${why.list.listId}`} className="font-medium">
                      {why.list.name}
                    </Link>
                  ) : (
                    stepWords.fact(step)
                  )}
                </span>
              </p>
              {step.id === 'list' && children}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The name of a step, and the fact beside it. */
function useStepWords(why: Why) {
  const t = useTranslations('contacts');
  const activity = useTranslations('activity');
  const format = useFormatter();
  const words = useWhyWords();
  const app = (side: unknown) => activity(side === 'hubspot' ? 'hubspot' : 'salesforce');

  const title = ({ id, state }: Step): string => {
    if (id === 'list' && state === 'failed') return t('steps.outside');
    if (id === 'link' && why.link && state !== 'open') return t('steps.linked');
    return t(`steps.${id}`);
  };

  const fact = (step: Step): string => {
    const { id, fact: name, values, at } = step;
    if (name === null) return t('why.notReached');
    const time = at ? words.when(at) : '';
    const number = (key: string) => format.number(Number(values[key] ?? 0));
    const key = `${id}_${name}`;
    switch (key) {
      case 'trigger_cause':
        return t('facts.trigger_cause', { cause: activity(triggerKey(values.kind)), time });
      case 'trigger_property':
        return t('facts.trigger_property', { label: String(values.label), app: app(values.side), time });
      case 'list_through': {
        const groups = t('facts.groups', { groups: String(values.groups) });
        return at ? t('facts.list_through_since', { groups, time }) : t('facts.list_through', { groups });
      }
      case 'link_linked':
        return t('facts.link_linked', {
          object: t('record', { object: String(values.object) }),
          id: String(values.id),
        });
      case 'budget_left':
      case 'budget_used_up': {
        const which = name === 'used_up' && at ? 'used_up_until' : name;
        const [left, used, allocation] = [number('left'), number('used'), number('allocation')];
        return t(`facts.budget_${which}`, { left, used, allocation, time });
      }
      case 'written_values':
        return t('facts.written_values', { count: Number(values.count), app: app(values.to), time });
      default:
        return t(`facts.${key}`, { time, name: String(values.name ?? '') });
    }
  };
  return { title, fact };
}

const told = [
  ...['created', 'changed', 'joined', 'merged', 'converted', 'deleted', 'restored'],
  ...['sync_now', 'resync', 'import', 'retry'],
];

function triggerKey(kind: unknown): string {
  return `trigger.${typeof kind === 'string' && told.includes(kind) ? kind : 'other'}`;
}
