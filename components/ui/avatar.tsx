import { clsx } from 'clsx';

const tints = [
  'bg-tint-1',
  'bg-tint-2',
  'bg-tint-3',
  'bg-tint-4',
  'bg-tint-5',
  'bg-tint-6',
  'bg-tint-7',
] as const;

/** First letters of the first and last word, at most two. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** The same name always has the same tint. */
export function tintIndex(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return hash % tints.length;
}

/** A round picture of a person made of initials. Decorative: the name stands beside it. */
export function Avatar({ name, size = 28 }: { name: string; size?: 26 | 28 | 40 }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'grid shrink-0 place-items-center rounded-full font-medium text-[11px] text-text leading-none tracking-[0.2px]',
        size === 40 ? 'size-10 text-[14px]' : size === 28 ? 'size-7' : 'size-[26px]',
        tints[tintIndex(name)],
      )}
    >
      {initials(name)}
    </span>
  );
}

/** Avatar and name in one line, for table cells: a long name is cut on a desk and takes several lines on less. */
export function Person({ name }: { name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} />
      <span className="min-w-0 break-words lg:truncate">{name}</span>
    </span>
  );
}
