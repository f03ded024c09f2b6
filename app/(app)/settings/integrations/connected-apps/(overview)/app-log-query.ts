import type { AuditQuery } from '#lib/activity/schemas.ts';

/** What the App log shows first; the server loads just this. */
export const firstLogPage: AuditQuery = { page: 1, pageSize: 25 };
