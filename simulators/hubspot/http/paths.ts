/**
 * Every API has a v-form and date-based forms of its path; bodies hardly differ. All are turned into the v-form,
 * so that one route table serves them.
 */
interface Family {
  /** The date form, with `{v}` for the version. */
  dated: string;
  v: string;
  versions: readonly string[];
  /** Pattern for what may follow; anything when absent. */
  rest?: RegExp;
}

const BOTH = ['2026-03', '2026-09'] as const;
const ASSOCIATIONS = /^\/[^/]+\/[^/]+\/associations(\/|$)/;

const families: readonly Family[] = [
  { dated: '/crm/objects/{v}', v: '/crm/v4/objects', versions: BOTH, rest: ASSOCIATIONS },
  { dated: '/crm/objects/{v}', v: '/crm/v3/objects', versions: BOTH },
  { dated: '/crm/lists/{v}', v: '/crm/v3/lists', versions: ['2025-09', ...BOTH] },
  { dated: '/crm/properties/{v}', v: '/crm/v3/properties', versions: BOTH },
  { dated: '/crm/owners/{v}', v: '/crm/v3/owners', versions: BOTH },
  { dated: '/crm/associations/{v}', v: '/crm/v4/associations', versions: BOTH },
  { dated: '/crm/imports/{v}', v: '/crm/v3/imports', versions: BOTH },
  { dated: '/crm/limits/{v}', v: '/crm/v3/limits', versions: BOTH },
  { dated: '/crm-object-schemas/{v}', v: '/crm-object-schemas/v3', versions: BOTH },
  { dated: '/account-info/{v}', v: '/account-info/v3', versions: BOTH },
  { dated: '/settings/users/{v}', v: '/settings/v3/users', versions: BOTH },
  { dated: '/webhooks/{v}', v: '/webhooks/v3', versions: ['2026-03'] },
  { dated: '/app-webhooks/{v}', v: '/webhooks/v3', versions: ['2025-09', '2026-09'] },
];

const aliases = families.flatMap(({ dated, v, versions, rest }) =>
  versions.map((version) => ({ from: dated.replace('{v}', version), to: v, rest, version })),
);

/** The v-form of a path, without a trailing slash, and the version of a date form. */
export function canonicalPath(path: string): { path: string; version?: string } {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const labels = trimmed.replace(/^\/crm\/associations\/v4(?=\/|$)/, '/crm/v4/associations');
  for (const { from, to, rest, version } of aliases) {
    if (labels !== from && !labels.startsWith(`${from}/`)) continue;
    const tail = labels.slice(from.length);
    if (!rest || rest.test(tail)) return { path: `${to}${tail}`, version };
  }
  return { path: labels };
}
