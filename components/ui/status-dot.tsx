import { clsx } from 'clsx';
import type { Tone } from './tone.ts';

const dots: Record<Tone | 'hollow', string> = {
  neutral: 'bg-line-control',
  positive: 'bg-positive-line',
  caution: 'bg-caution-line',
  danger: 'bg-danger-line',
  info: 'bg-info-line',
  hollow: 'border-[1.5px] border-line-control',
};

/** An 8 px dot and its word; the word is always there. `hollow` means inactive. */
export function StatusDot(props: { tone: Tone | 'hollow'; label: string; isWrapped?: boolean }) {
  const { tone, label, isWrapped } = props;
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-2',
        isWrapped ? 'max-w-full hyphens-auto' : 'whitespace-nowrap',
        tone === 'danger' && 'text-danger',
      )}
    >
      <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', dots[tone])} />
      {isWrapped ? <span className="min-w-0 break-words">{label}</span> : label}
    </span>
  );
}
