import { Check } from 'lucide-react';
import { Spinner } from './spinner.tsx';

export interface SaveStatusProps {
  state: 'idle' | 'saving' | 'saved';
  savingLabel: string;
  savedLabel: string;
}

/** "Saving…" and "Saved" beside a label; announced. Keep it mounted, also while idle. */
export function SaveStatus({ state, savingLabel, savedLabel }: SaveStatusProps) {
  return (
    <span role="status" className="inline-flex min-h-[18px] items-center gap-1 text-tiny font-normal">
      {state === 'saving' && (
        <span className="inline-flex items-center gap-1.5 text-text-subtle">
          <Spinner size={14} />
          {savingLabel}
        </span>
      )}
      {state === 'saved' && (
        <span className="inline-flex items-center gap-1 text-positive">
          <Check size={14} strokeWidth={2.25} aria-hidden />
          {savedLabel}
        </span>
      )}
    </span>
  );
}
