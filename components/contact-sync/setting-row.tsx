'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { SaveStatus, type SaveStatusProps } from '#components/ui/save-status.tsx';
import { Select, type SelectOption } from '#components/ui/select.tsx';
import { SettingConflict, type SettingConflictProps } from './setting-conflict.tsx';

export interface SettingFrameProps {
  label: string;
  /** What the choice is about: "What happens in HubSpot". */
  help?: string;
  saveState: SaveStatusProps['state'];
  /** Somebody else was first. */
  conflict?: SettingConflictProps | null;
  labelId?: string;
  children: ReactNode;
}

/** The frame of a setting that saves at once: its question at the left, its field at the right. */
export function SettingFrame({ label, help, saveState, conflict, labelId, children }: SettingFrameProps) {
  const common = useTranslations('common');
  return (
    <div className="grid items-start gap-x-6 gap-y-2 border-line border-t py-4 md:grid-cols-[minmax(0,1fr)_minmax(0,300px)]">
      <div className="min-w-0">
        <span id={labelId} className="text-label">
          {label}
        </span>
        {help && <p className="mt-0.5 text-small text-text-subtle">{help}</p>}
      </div>
      <div className="relative min-w-0">
        {children}
        <div className="absolute top-full pt-px">
          <SaveStatus state={saveState} savingLabel={common('saving')} savedLabel={common('saved')} />
        </div>
      </div>
      {conflict && (
        <div className="md:col-span-2">
          <SettingConflict {...conflict} />
        </div>
      )}
    </div>
  );
}

export interface SettingRowProps<K extends string> extends Omit<SettingFrameProps, 'children' | 'labelId'> {
  value: K;
  options: readonly SelectOption<K>[];
  onChange: (value: K) => void;
  error?: ReactNode;
  isDisabled: boolean;
}

/** A setting that is one of a few. */
export function SettingRow<K extends string>(props: SettingRowProps<K>) {
  const { value, options, onChange, error, isDisabled, ...frame } = props;
  const labelId = useId();
  return (
    <SettingFrame {...frame} labelId={labelId}>
      <Select
        label={frame.label}
        labelledBy={labelId}
        options={options}
        value={value}
        onChange={onChange}
        isBusy={frame.saveState === 'saving'}
        isDisabled={isDisabled}
        {...(error ? { error } : {})}
      />
    </SettingFrame>
  );
}
