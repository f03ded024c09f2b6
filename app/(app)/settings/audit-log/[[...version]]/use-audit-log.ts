'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { auditDetailQuery, auditQuery } from '#lib/activity/queries.ts';
import { type AuditEntryView, type AuditQuery, auditQuerySchema } from '#lib/activity/schemas.ts';

const path = '/settings/audit-log';

/** The audit log's filters, its page, and the version that is open; all of it stands in the address. */
export function useAuditLog(initial: AuditQuery, opened: string | number | null) {
  const router = useRouter();
  const [query, setQuery] = useState(initial);
  const [open, setOpen] = useState(opened);
  // Grows when the filters are cleared: what was typed goes too.
  const [generation, setGeneration] = useState(0);
  const list = useQuery(auditQuery(query));
  const detail = useQuery({ ...auditDetailQuery(open ?? ''), enabled: open !== null });

  const tell = useCallback((next: AuditQuery, ref: string | number | null) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(next)) {
      const isPlain = value === undefined || value === '' || (key === 'page' && value === 1);
      if (!isPlain && key !== 'pageSize') params.set(key, String(value));
    }
    const search = params.size > 0 ? `?${params}` : '';
    window.history.replaceState(null, '', `${path}${ref === null ? '' : `/${ref}`}${search}`);
  }, []);

  const change = useCallback(
    (changed: Partial<AuditQuery>) => {
      // A filter leads back to the first page, unless the change is the page itself.
      const next = { ...query, page: 1, ...changed };
      setQuery(next);
      tell(next, open);
    },
    [query, open, tell],
  );

  const show = (ref: string | number | null) => {
    setOpen(ref);
    tell(query, ref);
  };

  return {
    query,
    list,
    detail,
    isOpen: open !== null,
    change,
    generation,
    clear: () => {
      setGeneration(generation + 1);
      change({ ...auditQuerySchema.parse({}), ...nothing });
    },
    open: ({ id, version }: AuditEntryView) => show(version ?? id),
    close: () => show(null),
    goAsOf: (asOf: string) => router.push(`${settingsPaths.salesforce}?as-of=${encodeURIComponent(asOf)}`),
  };
}

const nothing = {
  search: undefined,
  subject: undefined,
  actor: undefined,
  period: undefined,
  activity: undefined,
  app: undefined,
};

export type AuditLogState = ReturnType<typeof useAuditLog>;
