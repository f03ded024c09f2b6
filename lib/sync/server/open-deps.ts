import { randomUUID } from 'node:crypto';
import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { pause } from '#lib/crm/pause.ts';
import type { HubSpotPort, SalesforcePort } from '#lib/crm/ports.ts';
import { ensureProperties } from '#lib/mappings/server/index.ts';
import { recountInbox } from '../collect/recount.ts';
import { bulkFrom } from '../engine/bulk/bulk-job.ts';
import { scanPays } from '../engine/scan/worth.ts';
import { type Definitions, type Deps, readDefinitions } from '../engine/session.ts';
import type { Scope } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import type { OpenClaims } from './claims.ts';
import { collectStore } from './collect-store.ts';
import { openStore } from './store.ts';
import { writingStop } from './writing-stop.ts';

/** Everything the engine works with, for one workspace and org: Postgres and the two real CRMs. */
export async function openDeps(
  scope: Scope,
  claims: OpenClaims,
  troubles: number,
): Promise<Result<Deps, Trouble>> {
  const { workspaceId, orgId } = scope;
  const options = { signal: claims.lost };
  const hubspot = await hubspotFor(workspaceId, options);
  if (!hubspot.ok) return fail(troubleOf('hubspot', hubspot.failure, troubles));
  // Somebody may have connected another org since the scope was looked up.
  const salesforce = await salesforceFor(workspaceId, { ...options, account: orgId });
  if (!salesforce.ok) return fail(troubleOf('salesforce', salesforce.failure, troubles));
  const deps = {
    store: openStore(scope),
    hubspot: hubspot.value,
    salesforce: salesforce.value,
    newId: randomUUID,
    bulk: { leastRows: bulkFrom, scanPays, pause: (ms: number) => pause(ms, claims.lost) },
    async isHeld() {
      await recountInbox({ scope, store: collectStore(), now });
      return (await writingStop(db(), scope, await now())) !== null;
    },
    ensureProperties: propertiesFor(workspaceId, hubspot.value),
  };
  return ok({ ...deps, claims, beside: () => ({ ...deps, claims: claims.beside() }) });
}

/** What both systems say of their fields, as the engine reads it, for those who only look. */
export function openDefinitions(
  scope: Scope,
  hubspot: HubSpotPort,
  salesforce: SalesforcePort,
): Promise<Result<Definitions, Trouble>> {
  const store = openStore(scope);
  return readDefinitions(
    { store, hubspot, salesforce, ensureProperties: propertiesFor(scope.workspaceId, hubspot) },
    0,
  );
}

function propertiesFor(workspaceId: string, hubspot: HubSpotPort): Deps['ensureProperties'] {
  return (mappings, known) => ensureProperties(hubspot, workspaceId, [...mappings], known);
}
