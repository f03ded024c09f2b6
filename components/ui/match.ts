/** Letters without case and accents, one for each UTF-16 unit of the text, so positions stay the same. */
function fold(text: string): string {
  return Array.from(text, (letter) => {
    const base = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return base.length === letter.length ? base : letter;
  }).join('');
}

/** Whether `text` contains `query` anywhere, ignoring case and accents. Nothing typed matches all. */
export function contains(text: string, query: string): boolean {
  return fold(text.normalize('NFC')).includes(fold(query.trim().normalize('NFC')));
}

export interface TextPart {
  /** Position in the text. */
  start: number;
  text: string;
  isMatch: boolean;
}

/** Cuts `text` where `query` occurs in it, ignoring case and accents. */
export function splitMatches(text: string, query: string): TextPart[] {
  const whole = text.normalize('NFC');
  const wanted = fold(query.trim().normalize('NFC'));
  if (wanted === '') return [{ start: 0, text: whole, isMatch: false }];
  const folded = fold(whole);
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, from)) {
    if (at > from) parts.push({ start: from, text: whole.slice(from, at), isMatch: false });
    parts.push({ start: at, text: whole.slice(at, at + wanted.length), isMatch: true });
    from = at + wanted.length;
  }
  if (from < whole.length) parts.push({ start: from, text: whole.slice(from), isMatch: false });
  return parts;
}
