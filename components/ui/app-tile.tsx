import { clsx } from 'clsx';

/** A neutral tile with two letters for another system. 44 (default) or 32 px. Decorative. */
export function AppTile(props: { letters: string; tint?: 1 | 2; size?: 'large' | 'medium' }) {
  const { letters, tint = 1, size = 'large' } = props;
  return (
    <span
      aria-hidden
      className={clsx(
        'grid shrink-0 place-items-center font-semibold tracking-[0.2px]',
        tint === 1 ? 'bg-tile-1 text-tile-1-text' : 'bg-tile-2 text-tile-2-text',
        size === 'large' ? 'size-11 rounded-[10px] text-[15px]' : 'size-8 rounded-card text-[12px]',
      )}
    >
      {letters}
    </span>
  );
}
