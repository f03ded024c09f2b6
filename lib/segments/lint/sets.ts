type Values = ReadonlySet<string>;

export const isPart = (inner: Values, outer: Values): boolean => [...inner].every((each) => outer.has(each));
export const isApart = (a: Values, b: Values): boolean => ![...a].some((each) => b.has(each));
export const isSame = (a: Values, b: Values): boolean => a.size === b.size && isPart(a, b);
