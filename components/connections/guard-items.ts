import type { MenuAction, MenuGroup } from '#components/ui/menu.tsx';

export type GuardedAction = MenuAction & { needsAdmin?: boolean };

/**
 * The items of a menu. Whoever may not use some of them sees those disabled, under the reason, which is said
 * once for all.
 */
export function guardItems(
  items: readonly GuardedAction[],
  disabledReason: string | undefined,
): readonly MenuAction[] | readonly MenuGroup[] {
  const plain = items.map(({ needsAdmin: _, ...item }) => item);
  if (disabledReason === undefined) return plain;
  const isGuarded = (index: number) => items[index]?.needsAdmin === true;
  return [
    { id: 'free', items: plain.filter((_, index) => !isGuarded(index)) },
    {
      id: 'guarded',
      title: disabledReason,
      items: plain
        .filter((_, index) => isGuarded(index))
        .map((item) => ({ ...item, isDisabled: true, isDangerous: false })),
    },
  ].filter((group) => group.items.length > 0);
}
