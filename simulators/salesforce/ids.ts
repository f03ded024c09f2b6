const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHAPE = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** The three characters that make a case-sensitive 15-character id safe where case is ignored. */
export function checksum(id15: string): string {
  let suffix = '';
  for (let part = 0; part < 3; part++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const char = id15.charAt(part * 5 + i);
      if (char >= 'A' && char <= 'Z') bits |= 1 << i;
    }
    suffix += ALPHABET.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of a 15- or 18-character id, or null when the text is no id. */
export function toId18(id: string): string | null {
  if (!SHAPE.test(id)) return null;
  const id15 = id.slice(0, 15);
  const suffix = checksum(id15);
  if (id.length === 15) return id15 + suffix;
  return id.slice(15).toUpperCase() === suffix ? id15 + suffix : null;
}

/** Builds the id of record `number` of an object: key prefix, two characters of the instance, number in base 62. */
export function makeId(keyPrefix: string, instance: string, number: number): string {
  let rest = '';
  for (let n = number; n > 0; n = Math.floor(n / 62)) rest = BASE62.charAt(n % 62) + rest;
  const id15 = keyPrefix + instance + rest.padStart(10, '0');
  return id15 + checksum(id15);
}
