'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { SaveStatus, type SaveStatusProps } from '#components/ui/save-status.tsx';
import { Select, type SelectOption } from '#components/ui/select.tsx';

export interface SettingRowProps<K extends string> {
  label: string;
  /** What the choice is about: "What happens in HubSpot". */
  help?: string;
  value: K;
  options: readonly SelectOption<K>[];
  onChange: (value: K) => void;
  saveState: SaveStatusProps['state'];
  error?: ReactNode;
  isDisabled: boolean;
}

/** One setting that saves at once: its question at the left, its choice at the right. */
export function SettingRow<K extends string>(props: SettingRowProps<K>) {
  const { label, help, value, options, onChange, saveState, error, isDisabled } = props;
  const common = useTranslations('common');
  const labelId = useId();
  return (
    <div className="grid items-start gap-x-6 gap-y-2 border-line border-t py-4 md:grid-cols-[minmax(0,1fr)_minmax(0,300px)]">
      <div className="min-w-0">
        <span id={labelId} className="text-label">
          {label}
        </span>
        {help && <p className="mt-0.5 text-small text-text-subtle">{help}</p>}
      </div>
      <div className="relative min-w-0">
        <Select
          label={label}
          labelledBy={labelId}
          options={options}
          value={value}
          onChange={onChange}
          isBusy={saveState === 'saving'}
          isDisabled={isDisabled}
          {...(error ? { error } : {})}
        />
        <div className="absolute top-full pt-px">
          <SaveStatus state={saveState} savingLabel={common('saving')} savedLabel={common('saved')} />
        </div>
      </div>
    </div>
  );
}
