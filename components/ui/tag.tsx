import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Spinner } from './spinner.tsx';
import type { Tone } from './tone.ts';

const tones: Record<TagTone, string> = {
  neutral: 'bg-surface-selected text-text',
  positive: 'bg-positive-soft text-positive',
  caution: 'bg-caution-soft text-caution',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  violet: 'bg-violet-soft text-violet',
  onShell: 'bg-shell-tag text-shell-text',
};

export type TagTone = Tone | 'violet' | 'onShell';

export interface TagProps {
  children: ReactNode;
  tone?: TagTone;
  /** 12 px icon. */
  icon?: ReactNode;
  isBusy?: boolean;
  className?: string;
}

/** A short word about a thing, 20 px high. */
export function Tag({ children, tone = 'neutral', icon, isBusy, className }: TagProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 items-center gap-[5px] whitespace-nowrap rounded-tag px-[7px] align-middle text-tiny font-normal',
        tones[tone],
        className,
      )}
    >
      {isBusy ? <Spinner size={12} /> : icon}
      {children}
    </span>
  );
}
