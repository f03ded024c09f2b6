import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { unpackChanges } from '../kept-changes.ts';
import { periodMs, statusOf } from '../rules.ts';
import type { Outcome, OutcomePage, OutcomeQuery } from '../schemas.ts';
import {
  countNewer,
  countWaiting,
  findAddresses,
  findOutcomes,
  findOutcomesById,
  type OutcomeRow,
} from './outcome-repository.ts';

/** Sync activity: what became of whom, newest first, page by page, with filters and search. */
export async function searchOutcomes(
  actor: Pick<Actor, 'workspaceId'>,
  query: OutcomeQuery,
): Promise<Result<OutcomePage>> {
  const { workspaceId } = actor;
  const until = query.until ? new Date(query.until) : await now();
  const length = periodMs[query.period];
  const from = length === null ? null : new Date(until.getTime() - length);
  const [{ rows, total }, newer, waiting, addresses] = await Promise.all([
    findOutcomes(db(), workspaceId, query, { from, until }),
    query.until ? countNewer(db(), workspaceId, query, until) : 0,
    countWaiting(db(), workspaceId),
    findAddresses(db(), workspaceId),
  ]);
  const outcomes = rows.map((row) => viewOf(row, addresses));
  return ok({ outcomes, total, until: until.toISOString(), newer, waiting });
}

/** Outcomes by their ids, in the order of the ids; those that are gone are left out. */
export async function outcomesById(workspaceId: string, ids: string[]): Promise<Outcome[]> {
  const [rows, addresses] = await Promise.all([
    findOutcomesById(db(), workspaceId, ids),
    findAddresses(db(), workspaceId),
  ]);
  const views = new Map(rows.map((row) => [row.id, viewOf(row, addresses)]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/** Where both sides' own pages of a person are; null for what there is no address of. */
export async function crmUrls(
  workspaceId: string,
  ids: { contactId?: string; recordId?: string; object?: OutcomeRow['object'] },
): Promise<{ hubspot: string | null; salesforce: string | null }> {
  const addresses = await findAddresses(db(), workspaceId);
  const record = { recordId: ids.recordId ?? null, object: ids.object ?? null };
  return {
    hubspot: hubspotUrl(ids.contactId ?? null, addresses),
    salesforce: salesforceUrl(record, addresses),
  };
}

type Addresses = Awaited<ReturnType<typeof findAddresses>>;

function viewOf(row: OutcomeRow, addresses: Addresses): Outcome {
  const { workspaceId: _workspace, run, object, written: _written, ...rest } = row;
  return {
    ...rest,
    at: row.at.toISOString(),
    object: object === null ? null : object === 'LEAD' ? 'lead' : 'contact',
    status: statusOf(row),
    changes: unpackChanges(row, run),
    settingsVersion: run.settingsVersion,
    hubspotUrl: hubspotUrl(row.contactId, addresses),
    salesforceUrl: salesforceUrl(row, addresses),
  };
}

function hubspotUrl(contactId: string | null, { hubId, uiDomain }: Addresses): string | null {
  if (!contactId) return null;
  const host = env().CRM_MODE === 'simulated' ? env().HUBSPOT_APP_URL : `https://${uiDomain}`;
  return `${host}/contacts/${hubId}/record/0-1/${encodeURIComponent(contactId)}`;
}

function salesforceUrl(
  row: Pick<OutcomeRow, 'recordId' | 'object'>,
  { salesforceUrl: host }: Addresses,
): string | null {
  if (!host || !row.recordId) return null;
  const id = encodeURIComponent(row.recordId);
  if (env().CRM_MODE === 'simulated') return `${host}/records/${id}`;
  return `${host}/lightning/r/${row.object === 'LEAD' ? 'Lead' : 'Contact'}/${id}/view`;
}
