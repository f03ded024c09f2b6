/** What a message in ICU form asks for: values that it shows, and counts or words by which it chooses. */
export type MessageValues = { shown: Set<string>; chosenBy: Set<string> };

/** Reads the values of a message. Branches of `plural` and `select` are messages themselves. */
export function valuesOf(message: string): MessageValues {
  const values: MessageValues = { shown: new Set(), chosenBy: new Set() };
  readMessage(message, 0, values);
  return values;
}

/** Reads on until the end or the brace that closes the branch; answers where that is. */
function readMessage(text: string, from: number, values: MessageValues): number {
  let at = from;
  while (at < text.length && text[at] !== '}') {
    at = text[at] === '{' ? readArgument(text, at, values) : at + 1;
  }
  return at;
}

function readArgument(text: string, from: number, values: MessageValues): number {
  const head = /^\{\s*(\w+)\s*(?:,\s*(\w+)\s*(,)?)?/.exec(text.slice(from));
  const name = head?.[1];
  if (!head || !name) throw new Error(`A brace that opens nothing: ${text.slice(from)}`);
  let at = from + head[0].length;
  if (!['plural', 'select', 'selectordinal'].includes(head[2] ?? '')) {
    values.shown.add(name);
    return text.indexOf('}', at) + 1;
  }
  values.chosenBy.add(name);
  for (;;) {
    const branch = /^\s*[\w=]+\s*\{/.exec(text.slice(at));
    if (!branch) return text.indexOf('}', at) + 1;
    at = readMessage(text, at + branch[0].length, values) + 1;
  }
}

/** What is wrong with a translation; languages choose by counts as they need, among those that English gets. */
export function differenceOf(english: string, translated: string): string | null {
  const [wanted, given] = [valuesOf(english), valuesOf(translated)];
  const known = new Set([...wanted.shown, ...wanted.chosenBy]);
  // A branch may show its count as `#`.
  const missing = [...wanted.shown].filter((name) => !given.shown.has(name) && !given.chosenBy.has(name));
  const unknown = [...given.shown, ...given.chosenBy].filter((name) => !known.has(name));
  const extra = [...given.shown].filter((name) => known.has(name) && !wanted.shown.has(name));
  const parts = [
    missing.length > 0 ? `lacks {${missing.join('}, {')}}` : '',
    unknown.length > 0 ? `asks for {${unknown.join('}, {')}}, which nobody gives` : '',
    extra.length > 0 ? `shows {${extra.join('}, {')}}, by which English only chooses` : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' and ') : null;
}
