import type { Seed } from '#simulators/core/control.ts';
import { createSimulator, type RunningSimulator } from '#simulators/core/server.ts';
import { type ApiContext, createApi } from './api.ts';
import { defaultConfig, type HubSpotConfig } from './config.ts';
import { controlHooks } from './control.ts';
import { seedWorld } from './demo/seed.ts';
import { createRateLimits } from './http/limits.ts';
import { resumeImports } from './imports/run.ts';
import { Journal, journalFile } from './journal/journal.ts';
import { dayStart } from './lists/zone.ts';
import { appsOf } from './oauth/apps.ts';
import { consent } from './oauth/consent.ts';
import { oauthApi } from './oauth/token-endpoint.ts';
import { createTokens } from './oauth/tokens.ts';
import { recordPages } from './pages/pages.ts';
import { openPortals } from './portal.ts';
import { WebhookDelivery } from './webhooks/delivery.ts';
import type { World } from './world.ts';

export interface HubSpotOptions {
  /** 0 takes a free port. */
  port: number;
  hostname?: string;
  /** Folder of the state; memory alone when absent. */
  folder?: string;
  /** Addresses that the app may be sent back to. */
  redirectUris?: readonly string[];
  /** How many contacts the seed makes, the demo's number when absent. A state with another number is seeded anew. */
  contacts?: number;
  /** What a fresh state is filled with; the demo when absent. */
  seed?: Seed['seed'];
  config?: Partial<HubSpotConfig>;
}

/** Starts the simulator; a state that is empty is seeded. */
export function startHubSpot(options: HubSpotOptions): Promise<RunningSimulator<HubSpotConfig>> {
  return createSimulator<HubSpotConfig>({
    ...{ name: 'HubSpot', port: options.port, hostname: options.hostname, folder: options.folder },
    defaults: { ...defaultConfig, ...options.config },
    build(core) {
      const context = openContext(core, options);
      const { webhooks } = context;
      const seeded = core.store.collection<number>('meta').get('contacts');
      const another = options.contacts !== undefined && options.contacts !== seeded;
      if (seeded !== undefined && !another) resume(context);
      else seedAnew(context, { seed: options.seed ?? 'demo', contacts: options.contacts });
      const api = createApi(context);
      return {
        routes: { fetch: (request) => respond(context, api, request) },
        control: controlHooks(context, (seed) => seedAnew(context, seed)),
        stop: () => webhooks.stop(),
      };
    },
  });
}

interface ServerContext extends ApiContext {
  webhooks: WebhookDelivery;
}

function openContext(world: World, options: HubSpotOptions): ServerContext {
  const apps = () => appsOf(world, options.redirectUris ?? []);
  const followers = { journal: new Journal(world), webhooks: new WebhookDelivery(world, apps) };
  const context: ServerContext = {
    ...{ world, tokens: createTokens(world), apps, ...followers, portals: openFollowed(world, followers) },
    limits: createRateLimits(world, (portalId) => {
      const zone = context.portals.get(portalId)?.account.timeZone ?? 'UTC';
      return dayStart(zone, world.clock.now());
    }),
  };
  return context;
}

/** Opens the accounts and lets webhooks and journal follow what happens in them. */
function openFollowed(world: World, { journal, webhooks }: Pick<ServerContext, 'journal' | 'webhooks'>) {
  const portals = openPortals(world);
  for (const portal of portals.values()) {
    portal.onRecordEvent((event) => webhooks.recordChanged(portal, event));
    portal.onRecordEvent((event) => journal.recordChanged(portal, event));
    portal.lists.onMembershipChange((change) => journal.membershipChanged(portal, change));
  }
  return portals;
}

function seedAnew(context: ServerContext, seed: Seed) {
  const { store, config, clock } = context.world;
  store.clear();
  config.reset();
  store.collection<number>('clock').set('offset', clock.offset);
  clock.stop();
  context.limits.clear();
  context.webhooks.clear();
  context.portals = openFollowed(context.world, context);
  seedWorld(context.world, context.portals, seed);
}

function resume(context: ServerContext) {
  for (const portal of context.portals.values()) {
    portal.lists.resume();
    resumeImports(portal);
  }
  context.webhooks.resume();
}

async function respond(
  context: ApiContext,
  api: (request: Request) => Promise<Response>,
  request: Request,
): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/(?<=.)\/+$/, '');
  const page =
    (await consent(context, request, path)) ??
    (await oauthApi(context, request, path)) ??
    (await recordPages(context, request, path)) ??
    journalFile(context.journal, path);
  return page ?? api(request);
}
