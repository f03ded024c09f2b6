import type { SelectOption } from './select.tsx';

/**
 * What a key chooses in a select that is closed: Left and Right the option before or after, a letter the next one
 * that begins with it. Null: the key does nothing of the kind.
 */
export function nextByKey(
  key: string,
  options: readonly SelectOption[],
  value: string | null,
): string | null {
  const enabled = options.filter((option) => !option.isDisabled);
  const at = enabled.findIndex((option) => option.id === value);
  if (key === 'ArrowLeft') return enabled[Math.max(at - 1, 0)]?.id ?? null;
  if (key === 'ArrowRight') return enabled[Math.min(at + 1, enabled.length - 1)]?.id ?? null;
  if (key.length !== 1 || !/[\p{L}\p{N}]/u.test(key)) return null;
  const from = [...enabled.slice(at + 1), ...enabled.slice(0, at + 1)];
  const letter = key.toLocaleLowerCase();
  return from.find((option) => option.label.toLocaleLowerCase().startsWith(letter))?.id ?? null;
}
