import type { Db } from '#lib/core/db.ts';

import type { AuditCause } from '../schemas.ts';

export type { AuditCause };

export type AuditEntry = {
  workspaceId: string;
  actorId: string | null;
  actor: string | null;
  /** `settings.inclusionListId`, `connection.connected`, …: the message `audit.{action}` says it. */
  action: string;
  app: 'hubspot' | 'salesforce' | 'segbridge';
  oldValue?: unknown;
  newValue?: unknown;
  at: Date;
  /** The version of the settings that it made. */
  settingsVersion?: number;
  cause?: AuditCause;
};

/** Writes who did what, in the transaction of the thing itself. Values must hold no secret. */
export async function recordAudit(tx: Db, entry: AuditEntry): Promise<void> {
  const { oldValue, newValue, ...rest } = entry;
  await tx.auditEntry.create({
    data: {
      ...rest,
      ...(oldValue === undefined ? {} : { oldValue: asJson(oldValue) }),
      ...(newValue === undefined ? {} : { newValue: asJson(newValue) }),
    },
  });
}

function asJson(value: unknown) {
  return JSON.parse(JSON.stringify({ value }));
}
