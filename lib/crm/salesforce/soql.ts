const escapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text as a SOQL literal with its quotes, so that no value can end it. */
export function soqlText(value: string): string {
  return `'${value.replace(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`;
}

/** `(a, b)` for IN. Throws on an empty list, which would otherwise become another question. */
export function soqlList(values: readonly string[]): string {
  if (values.length === 0) throw new Error('An IN list must not be empty.');
  return `(${values.map(soqlText).join(',')})`;
}

/** Field names for SELECT: each once, whatever its case; throws on what is no field name. */
export function soqlFields(names: readonly string[]): string {
  const unique = new Map<string, string>();
  for (const name of names) {
    if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new Error('This is no field name.');
    if (!unique.has(name.toLowerCase())) unique.set(name.toLowerCase(), name);
  }
  return [...unique.values()].join(',');
}
