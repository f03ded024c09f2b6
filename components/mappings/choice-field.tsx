'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { contains } from '#components/ui/match.ts';
import { SelectPopover } from '#components/ui/select-popover.tsx';
import type { PopoverOption } from '#components/ui/select-popover-list.tsx';

export interface ChoiceFieldProps {
  label: string;
  dialogLabel: string;
  searchLabel: string;
  /** Text of the closed field; null: nothing is chosen. */
  valueText: string | null;
  selectedId: string | null;
  sections: readonly { id: string; title: string; options: readonly PopoverOption[] }[];
  onSelect: (id: string) => void;
  /** The CRM did not answer. */
  hasFailed: boolean;
  onRetry: () => void;
  isDisabled?: boolean;
}

/** A property or field to choose, with search in labels, names and types. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { sections, valueText, hasFailed, onRetry, ...rest } = props;
  const t = useTranslations('mappings.panel');
  const common = useTranslations('common');
  const [query, setQuery] = useState('');
  const matches = ({ label, details = [] }: PopoverOption) =>
    [label, ...details].some((text) => contains(text, query));
  return (
    <SelectPopover
      {...rest}
      listLabel={props.label}
      valueText={valueText ?? t('choose')}
      isPlaceholder={valueText === null}
      sections={sections
        .map((section) => ({ ...section, options: section.options.filter(matches) }))
        .filter(({ options }) => options.length > 0)}
      status={hasFailed ? 'error' : 'ready'}
      loadingLabel={common('loading')}
      errorText={t('loadError')}
      retry={{ label: common('tryAgain'), onPress: onRetry }}
      emptyText={t('noResult', { query })}
      countText={(count) => t('count', { count })}
      onQuery={setQuery}
    />
  );
}
