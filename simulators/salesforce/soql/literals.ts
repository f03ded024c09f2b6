import { malformed } from './errors.ts';

const ESCAPES: Record<string, string> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
};

/** Text of a quoted literal. Throws the vendor's refusal of an unknown escape. */
export function unescapeText(text: string, onWildcard?: (sign: string) => string): string {
  if (!text.includes('\\')) return text;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char !== '\\') {
      result += char;
      continue;
    }
    const next = text.charAt(++i);
    if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(i + 1, i + 5))) {
      result += String.fromCharCode(Number.parseInt(text.slice(i + 1, i + 5), 16));
      i += 4;
    } else if (onWildcard !== undefined && (next === '_' || next === '%')) {
      result += onWildcard(next);
    } else if (ESCAPES[next] !== undefined) {
      result += ESCAPES[next];
    } else {
      throw malformed(
        `Invalid string literal '${text}'. Illegal character sequence '\\${next}' in string literal.`,
      );
    }
  }
  return result;
}

const PROTECTED: Record<string, string> = { _: '\uE000', '%': '\uE001' };

/** A LIKE pattern: `%` any text, `_` one character, both plain after a backslash; case is ignored. */
export function likePattern(text: string): RegExp {
  const plain = unescapeText(text, (sign) => PROTECTED[sign] ?? sign);
  const source = plain
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[\\s\\S]*')
    .replaceAll('_', '[\\s\\S]')
    .replaceAll('\uE000', '_')
    .replaceAll('\uE001', '%');
  return new RegExp(`^${source}$`, 'iu');
}
