const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const short = /^[\w-]{22}$/;

/** The same few are asked for with each row. */
const mostKnown = 10_000;
const shortOf = new Map<string, string>();
const longOf = new Map<string, string>();

/** A uuid in 22 letters, for what is kept in many rows; any other text stays as it is. */
export function shortId(id: string): string {
  return remembered(shortOf, id, () =>
    uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') : id,
  );
}

/** What `shortId` was given. */
export function longId(id: string): string {
  return remembered(longOf, id, () => {
    if (!short.test(id)) return id;
    const hex = Buffer.from(id, 'base64url').toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}

function remembered(known: Map<string, string>, id: string, find: () => string): string {
  const before = known.get(id);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const found = find();
  known.set(id, found);
  return found;
}
