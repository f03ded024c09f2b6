/** Both ends are inside unless they are open. */
export type Range = { low: number; high: number; isLowOpen?: boolean; isHighOpen?: boolean };

export function isRangeDisjoint(a: readonly Range[], b: readonly Range[]): boolean {
  return a.every((one) => b.every((other) => isApart(one, other) || isApart(other, one)));
}

/** Whether all of `one` lies below `other`. */
function isApart(one: Range, other: Range): boolean {
  if (one.high < other.low || isEmpty(one)) return true;
  return one.high === other.low && (one.isHighOpen === true || other.isLowOpen === true);
}

function isEmpty({ low, high, isLowOpen, isHighOpen }: Range): boolean {
  return low > high || (low === high && (isLowOpen === true || isHighOpen === true));
}

/** Whether each range of `inner` lies in one of `outer`. */
export function isRangeWithin(inner: readonly Range[], outer: readonly Range[]): boolean {
  return inner.every((one) => isEmpty(one) || outer.some((other) => holds(other, one)));
}

function holds(outer: Range, inner: Range): boolean {
  const isLowIn =
    outer.low < inner.low || (outer.low === inner.low && (!outer.isLowOpen || !!inner.isLowOpen));
  const isHighIn =
    outer.high > inner.high || (outer.high === inner.high && (!outer.isHighOpen || !!inner.isHighOpen));
  return isLowIn && isHighIn;
}
