const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of an id: 15 case-sensitive characters, then for each five of them which are
 * upper case. A text that is no id is given back as it is.
 */
export function toId18(id: string): string {
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
  let checksum = '';
  for (const five of [id.slice(0, 5), id.slice(5, 10), id.slice(10)]) {
    const bits = [...five].reduce((sum, character, at) => sum + (/[A-Z]/.test(character) ? 2 ** at : 0), 0);
    checksum += alphabet[bits];
  }
  return id + checksum;
}
