import { Hono } from 'hono';
import type { ControlHooks, Seed } from '../core/control.ts';
import {
  createSimulator,
  type RunningSimulator,
  type SimulatorContext,
  type SimulatorParts,
} from '../core/server.ts';
import { Jobs } from './bulk/jobs.ts';
import { defaultConfig, type SalesforceConfig } from './config.ts';
import { seedOrg } from './demo/seed.ts';
import { accessOf, dataRoutes } from './http.ts';
import { toId18 } from './ids.ts';
import type { SObject } from './metadata/types.ts';
import { APPS, Grants } from './oauth/grants.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { recordPages } from './pages/records.ts';
import { showAssignmentRules } from './records/assignment-rows.ts';
import { Org } from './records/org.ts';
import { Locators } from './rest/query.ts';
import { apiRoutes } from './rest/routes.ts';
import { Usage } from './rest/usage.ts';
import { changeSchema } from './schema-control.ts';
import { soapRoutes } from './soap/routes.ts';

export interface SalesforceOptions {
  /** 0 takes a free port. */
  port: number;
  hostname?: string;
  /** Folder of the state; memory alone when absent. */
  folder?: string;
  /** A sandbox org: another id, other users, fewer records. */
  sandbox?: boolean;
  /** Addresses registered with the connected apps. */
  redirectUris?: string[];
  /** Leads and contacts of the first seed: 900, or 120 in a sandbox. */
  records?: number;
  /** First seed of an org without state. */
  seed?: 'demo' | 'empty';
}

export type RunningSalesforce = RunningSimulator<SalesforceConfig>;

const PRODUCTION_RECORDS = 900;
const SANDBOX_RECORDS = 120;

interface OrgParts {
  org: Org;
  grants: Grants;
  locators: Locators;
  sandbox: boolean;
  seed(wanted: Seed): void;
  redirectUris(): string[];
}

function findUser(org: Org, wanted: string | number | undefined): SObject {
  const users = [...org.table('User').scan()];
  const id = toId18(String(wanted ?? ''));
  const user = users.find((each) =>
    wanted === undefined ? each.IsActive === true : each.Username === wanted || each.Id === id,
  );
  if (user === undefined) throw new Error(`There is no user "${String(wanted)}".`);
  return user;
}

/** What `/__control` may do to an org. */
function controlHooks(context: SimulatorContext<SalesforceConfig>, parts: OrgParts): ControlHooks {
  const { org, grants, seed, redirectUris } = parts;
  return {
    reset(wanted) {
      const { offset } = context.clock;
      context.store.clear();
      context.store.collection<number>('clock').set('offset', offset);
      context.config.reset();
      org.forget();
      parts.locators.clear();
      seed(wanted);
    },
    tokens({ account, user, app }) {
      if (account !== undefined && toId18(String(account)) !== org.orgId) {
        throw new Error(`There is no org "${String(account)}" here.`);
      }
      const connected = app === undefined ? APPS[0] : grants.app(app);
      if (connected === undefined || connected === null) throw new Error(`There is no app "${String(app)}".`);
      const found = findUser(org, user);
      const { accessToken, refreshToken } = grants.grant(connected, found.Id, 'api refresh_token id');
      return {
        accessToken,
        refreshToken: refreshToken ?? '',
        instanceUrl: context.url(),
        organizationId: org.orgId,
        userId: found.Id,
      };
    },
    describe: () => ({
      apps: APPS.map(({ id, secret, ...app }) => ({
        clientId: id,
        clientSecret: secret,
        ...app,
        redirectUris: redirectUris(),
      })),
      organizationId: org.orgId,
      isSandbox: parts.sandbox,
      users: [...org.table('User').scan()].map((row) => ({
        id: row.Id,
        username: row.Username,
        active: row.IsActive === true,
      })),
    }),
    schema: (change) => changeSchema(org, change),
    configured() {
      org.touchDescribe();
      showAssignmentRules(org);
    },
  };
}

function build(context: SimulatorContext<SalesforceConfig>, options: SalesforceOptions): SimulatorParts {
  const sandbox = options.sandbox === true;
  const defaultRecords = options.records ?? (sandbox ? SANDBOX_RECORDS : PRODUCTION_RECORDS);
  const org = new Org(context);
  const grants = new Grants(org);
  const usage = new Usage(org);
  const locators = new Locators();
  const jobs = new Jobs(org, (userId) => accessOf(org, org.table('User').get(userId) ?? { Id: userId }));

  const seed = (wanted: Seed) => {
    const records = wanted.records ?? (wanted.seed === 'demo' ? defaultRecords : 0);
    seedOrg(org, { seed: wanted.seed, sandbox, records });
    org.touchDescribe();
  };
  if (org.table('Organization').size === 0) seed({ seed: options.seed ?? 'demo', records: options.records });

  const redirectUris = () => [...(options.redirectUris ?? []), ...context.config.current.redirectUris];
  const routes = new Hono({ strict: false });
  const api = { org, grants, usage, routes: apiRoutes({ usage, locators, jobs }) };
  routes.route('/', dataRoutes(api));
  routes.route('/', soapRoutes(api));
  routes.route('/', oauthRoutes({ org, grants, redirectUris }));
  routes.route('/', recordPages(org));
  return {
    routes: { fetch: (request) => routes.fetch(request) },
    control: controlHooks(context, { org, grants, locators, sandbox, seed, redirectUris }),
  };
}

/** Starts one org. Its state survives `kill -9` when a folder is given. */
export function startSalesforce(options: SalesforceOptions): Promise<RunningSalesforce> {
  return createSimulator<SalesforceConfig>({
    name: options.sandbox === true ? 'Salesforce sandbox' : 'Salesforce',
    port: options.port,
    hostname: options.hostname,
    folder: options.folder,
    defaults: defaultConfig(),
    build: (context) => build(context, options),
  });
}
