'use client';

import { CircleCheck, CircleHelp, CircleX, Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { controlClass, focusWithinClass } from '#components/ui/field.tsx';
import { optionClass } from '#components/ui/option-style.ts';
import { Popover } from '#components/ui/popover.tsx';
import type { Person } from '#lib/segments/schemas.ts';

export type TestOutcome =
  | { kind: 'meets'; group: number }
  | { kind: 'meetsNot'; unmet: { group: number; filter: string; onShow: () => void }[] }
  | { kind: 'unknown' }
  | { kind: 'failed' };

export interface TestContactProps {
  found: readonly Person[];
  isSearching: boolean;
  onQuery: (query: string) => void;
  onChoose: (person: Person | null) => void;
  outcome: TestOutcome | null;
}

/** Whether one contact meets the filters, and which filter keeps it out. */
export function TestContact({ found, isSearching, onQuery, onChoose, outcome }: TestContactProps) {
  const t = useTranslations('segments.test');
  const people = useTranslations('segments.people');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Person | null>(null);
  const resultId = useId();
  const nameOf = (person: Person) => person.name || person.email || people('unnamed', { id: person.id });
  // Whom the field names must be among its options, or it would forget them.
  const options = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  const type = (next: string) => {
    setText(next);
    // The field takes over the name of whom was chosen: that is no search.
    if (chosen === null || next !== nameOf(chosen)) onQuery(next);
  };
  const choose = (person: Person | null) => {
    setChosen(person);
    onChoose(person);
    if (person) setText(nameOf(person));
  };
  return (
    <div className="w-80 max-w-full max-md:w-full">
      <ComboBox
        items={options}
        inputValue={text}
        onInputChange={type}
        selectedKey={chosen?.id ?? null}
        onSelectionChange={(key) => choose(options.find(({ id }) => id === key) ?? null)}
        defaultFilter={() => true}
        allowsEmptyCollection
        // Text that names nobody stays, to be searched on.
        allowsCustomValue
        aria-describedby={resultId}
      >
        <Label className="text-label">{t('label')}</Label>
        <Group className={`${controlClass({ isCompact: true })} ${focusWithinClass} mt-1.5`}>
          <Search size={16} aria-hidden className="shrink-0" />
          <Input
            placeholder={t('placeholder')}
            className="h-full min-w-0 flex-1 bg-transparent outline-none"
          />
          {text !== '' && (
            <Button
              slot={null}
              aria-label={t('clear')}
              onPress={() => {
                choose(null);
                setText('');
                onQuery('');
              }}
              className="touch-target relative grid size-6 shrink-0 place-items-center rounded-control text-text-subtle hover:bg-surface-hover"
            >
              <X size={14} aria-hidden />
            </Button>
          )}
        </Group>
        <Popover className="w-(--trigger-width)">
          <ListBox
            className="max-h-[340px] overflow-auto p-1.5 outline-none"
            renderEmptyState={() => (
              <p className="px-2.5 py-2 text-text-subtle">
                {isSearching || text.trim() === '' ? t('searching') : t('none', { query: text })}
              </p>
            )}
          >
            {(person: Person) => (
              <ListBoxItem id={person.id} textValue={nameOf(person)} className={optionClass}>
                <span className="min-w-0">
                  <span className="block truncate">{nameOf(person)}</span>
                  {person.name && (
                    <span className="block truncate text-tiny text-text-subtle">{person.email}</span>
                  )}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <div id={resultId} role="status">
        {outcome && <Outcome outcome={outcome} />}
      </div>
      {outcome && chosen && (
        // In a tab of its own: the filters here may not be saved yet.
        <a
          href={`/contacts/${chosen.id}`}
          target="_blank"
          rel="noreferrer"
          className="touch-target relative mt-1 inline-block text-small font-medium"
        >
          {nameOf(chosen)}
        </a>
      )}
    </div>
  );
}

function Outcome({ outcome }: { outcome: TestOutcome }) {
  const t = useTranslations('segments.test');
  switch (outcome.kind) {
    case 'meets':
      return (
        <Line icon={<CircleCheck size={16} aria-hidden />} className="text-positive">
          {t('meets', { group: outcome.group })}
        </Line>
      );
    case 'unknown':
      return (
        <Line icon={<CircleHelp size={16} aria-hidden />} className="text-text-subtle">
          {t('unknown')}
        </Line>
      );
    case 'failed':
      return (
        <Line icon={<CircleX size={16} aria-hidden />} className="text-danger">
          {t('error')}
        </Line>
      );
    case 'meetsNot':
      return (
        <>
          <Line icon={<CircleX size={16} aria-hidden />} className="text-caution">
            {t('meetsNot')}
          </Line>
          <ul className="mt-1 grid gap-1 pl-6 text-small">
            {outcome.unmet.map(({ group, filter, onShow }) => (
              <li key={group}>
                <button
                  type="button"
                  onClick={onShow}
                  className="rounded-control text-left font-medium text-link hover:underline"
                >
                  {t('firstUnmet', { group, filter })}
                </button>
              </li>
            ))}
          </ul>
        </>
      );
  }
}

function Line({ icon, className, children }: { icon: ReactNode; className: string; children: ReactNode }) {
  return (
    <p className={`mt-2 flex items-start gap-2 text-small ${className}`}>
      <span className="shrink-0">{icon}</span>
      {children}
    </p>
  );
}
