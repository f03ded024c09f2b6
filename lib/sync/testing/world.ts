import type { HubSpotPort, SalesforcePort } from '#lib/crm/ports.ts';
import type { Gate } from '#lib/settings/rules.ts';
import type { CollectStore } from '../collect/store.ts';
import type { Claims } from '../engine/claims.ts';
import type { BulkRules } from '../engine/session.ts';
import type { SyncStore } from '../store.ts';
import { Automations } from './automations.ts';
import { Adrift } from './memory/adrift.ts';
import { callTime } from './memory/call-time.ts';
import { memoryClaims } from './memory/claims.ts';
import { type VirtualClock, virtualClock } from './memory/clock.ts';
import { memoryCollectStore } from './memory/collect-store.ts';
import { MemoryDatabase } from './memory/database.ts';
import { mappingRows } from './memory/definitions.ts';
import { type Faults, faultList, whileConnected } from './memory/faults.ts';
import { guarded } from './memory/guarded.ts';
import { HubSpotAccount, usualDelays } from './memory/hubspot-account.ts';
import { equals } from './memory/hubspot-lists.ts';
import { hubspotPort } from './memory/hubspot-port.ts';
import { addOwners } from './memory/owners.ts';
import { type Mortal, scheduler } from './memory/passage.ts';
import { rowFault } from './memory/row-fault.ts';
import { workOffDue } from './memory/salesforce-bulk.ts';
import { SalesforceOrg } from './memory/salesforce-org.ts';
import { salesforcePort } from './memory/salesforce-port.ts';
import { memorySyncStore } from './memory/sync-store.ts';
import { type CrmName, nobody, type Observer, type Seen } from './memory/trace.ts';
import { type Random, randomOf } from './random.ts';
import { SettingsRead } from './settings-read.ts';
import type { ListState } from './steps.ts';

/** What one worker works with; all of it is gone when the worker dies. */
export type WorkerDeps = {
  worker: Mortal;
  hubspot: HubSpotPort;
  salesforce: SalesforcePort;
  store: SyncStore;
  collectStore: CollectStore;
  claims: Claims;
  bulk: BulkRules;
};

const cities = ['Lund', 'Malmö', 'Oslo'];
const pieceSize = 3;

/** What is shared with a world that was there before. */
type Kin =
  /** Another workspace, whose HubSpot account is connected to the same org by the same user. */
  | { neighbour: World }
  /** The same workspace, before it was connected to this other org. */
  | { former: World; org: SalesforceOrg };

/** Both CRMs, the database and the clock, all in memory, and whoever works on them. */
export class World {
  readonly clock: VirtualClock;
  readonly account: HubSpotAccount;
  readonly org: SalesforceOrg;
  readonly db: MemoryDatabase;
  readonly faults: Faults = faultList();
  readonly trace: Seen[] = [];
  /** Systems whose connection somebody has ended, or that lead to another org now. */
  readonly away = new Set<CrmName>();
  /** The workspace is connected to another org: what waits here rests. */
  isElsewhere = false;
  /** This one, and those of the same workspace with another org. */
  readonly orgs: World[] = [this];
  readonly automations = new Automations();
  /** Told of everything that the CRMs see of the workers, as it happens. */
  observe: Observer = nobody;
  /** Records of which a save became visible later than any overlap reaches back. */
  readonly lateRecords = new Set<string>();
  /** Workers that have worked on an import. */
  readonly importers = new Set<string>();
  readonly settingsRead = new SettingsRead();
  /** Contacts that were erased for privacy, and HubSpot told so. */
  readonly forgotten: Set<string>;
  /** From how many creations on the workers use Bulk jobs. */
  bulkFrom = 2_000;
  /** From how many changed records on polls read them by a Bulk query; undefined: as usual. */
  manyChanges: number | undefined;
  /** Do resyncs match by a scan of the org, whatever it costs? */
  scans = false;
  /** How many people the workers take at once; null: as many as usual. */
  atOnce: number | null = null;
  /** Active lists: who lives in the first city, and so on. */
  readonly listIds: string[];
  readonly random: Random;
  readonly #turns: ReturnType<typeof scheduler>;
  readonly #claims: ReturnType<typeof memoryClaims>;
  readonly #callTime: ReturnType<typeof callTime>;
  readonly #adrift: Adrift;
  /** What is carried out just now was sent some time ago. */
  isArriving = false;
  #calls: Record<string, number> = {};
  #workers = 0;

  constructor(seed: number, kin?: Kin) {
    const former = kin && 'former' in kin ? kin.former : null;
    const neighbour = kin && 'neighbour' in kin ? kin.neighbour : null;
    const before = former ?? neighbour;
    this.random = former ? former.random : randomOf(seed);
    this.clock = before ? before.clock : virtualClock();
    this.#turns = before ? before.#turns : scheduler(this.random);
    this.#claims = before ? before.#claims : memoryClaims(this.clock);
    this.#adrift = before ? before.#adrift : new Adrift(this.clock);
    this.#callTime = callTime(this.clock);
    const searchDelayMs = () => (this.random.chance(0.2) ? this.random.int(4 * 60_000) : 2_000);
    this.account =
      former?.account ?? new HubSpotAccount(this.clock, { delays: { ...usualDelays, searchDelayMs } });
    this.org = kin && 'org' in kin ? kin.org : (neighbour?.org ?? new SalesforceOrg(this.clock));
    this.forgotten = former?.forgotten ?? new Set();
    const workspaceId = former?.db.scope.workspaceId ?? this.#uuid(neighbour ? 2 : 1);
    this.db = new MemoryDatabase(this.clock, { workspaceId, orgId: this.org.orgId }, former?.db);
    if (neighbour) {
      this.db.neighbours = [neighbour.db];
      neighbour.db.neighbours = [this.db];
    }
    this.db.integrationUserId = this.org.integrationUserId;
    addOwners(this.account, this.org);
    this.listIds = former?.listIds ?? cities.map((city) => this.#newList(city));
    if (former) {
      this.orgs = former.orgs;
      this.orgs.push(this);
    } else this.db.mappings = mappingRows(() => this.db.newId());
  }

  #newList(city: string): string {
    const list = { name: city, objectTypeId: '0-1', processingType: 'DYNAMIC' } as const;
    return this.account.lists.create({ ...list, filterBranch: equals('city', city) }).listId;
  }

  /** A process that begins now; with `diesAfter` it ends at that call. */
  worker(diesAfter?: number): WorkerDeps {
    this.#workers += 1;
    return this.#depsOf(this.#turns.mortal(`worker ${this.#workers}`, diesAfter));
  }

  /** Another group of people in the same process: it is refused what the first has claimed, and dies with it. */
  beside({ worker }: WorkerDeps): WorkerDeps {
    let passed = 0;
    const pass = (site: string) => worker.pass(site).finally(() => (passed += 1));
    return this.#depsOf({ ...worker, worker: `${worker.worker}, beside`, pass, passed: () => passed });
  }

  #depsOf(worker: Mortal): WorkerDeps {
    return {
      worker,
      hubspot: guarded(hubspotPort(this.account, this.#portOptions(worker)), this.#guard('hubspot', worker)),
      salesforce: guarded(
        salesforcePort(this.org, this.#portOptions(worker)),
        this.#guard('salesforce', worker),
      ),
      store: this.settingsRead.watching(memorySyncStore(this.db, worker), worker),
      collectStore: memoryCollectStore(this.db, worker),
      claims: this.#claimsOf(worker),
      bulk: {
        leastRows: this.bulkFrom,
        scanPays: () => this.scans,
        pause: async (ms) => {
          await worker.pass('bulk.pause');
          this.advance(ms);
        },
      },
    };
  }

  /** Time passes; requests of the dead arrive when theirs has come. */
  advance(ms: number): void {
    this.#adrift.arriveUntil(this.clock.ms() + ms);
    for (const { org } of this.orgs) workOffDue(org);
    this.automations.run(this);
  }

  /** The list holds from now on who lives in this city. */
  editList(listId: string, city: string): void {
    const list = this.account.lists.get(listId);
    if (list) this.account.lists.edit(list, equals('city', city));
  }

  /** A list is deleted, turned into a static one, or is active again. */
  setListState(listId: string, state: ListState): void {
    const { lists } = this.account;
    const list = lists.get(listId);
    if (!list) return;
    if (state === 'deleted') list.deletedAt ??= this.clock.ms();
    else if (state === 'static') list.processingType = 'STATIC';
    else if (list.deletedAt !== null || list.processingType !== 'DYNAMIC') {
      list.processingType = 'DYNAMIC';
      lists.restore(list);
    }
  }

  calls(crm: CrmName): number {
    return this.#calls[crm] ?? 0;
  }

  /** The gate by which a worker asks just now: it may have changed since it was read a moment ago. */
  gateOf(worker: string): Gate {
    return this.settingsRead.freshGate(worker) ?? this.db.gate(this.clock.now());
  }

  /** Whoever gives back its people begins a new batch. */
  #claimsOf(worker: Mortal): Claims {
    const claims = this.#claims(worker, this.org.orgId);
    const keepOnly = async (keys: readonly string[]) => {
      this.settingsRead.endBatch(worker);
      await claims.keepOnly(keys);
    };
    return { ...claims, keepOnly };
  }

  readonly #row = rowFault();

  #portOptions({ worker }: Mortal) {
    return {
      worker,
      observe: (event: Seen) => {
        const seen = event.kind === 'write' ? { sentAt: this.#callTime.begunAt(), ...event } : event;
        this.trace.push(seen);
        this.observe(seen);
      },
      rowFault: this.#row,
      callTime: this.#callTime,
    };
  }

  #guard(crm: CrmName, passage: Mortal) {
    const faults = whileConnected(this.faults, this.away);
    return {
      ...{ crm, passage, pieceSize, faults, rowFault: this.#row, callTime: this.#callTime },
      onCall: () => {
        this.#calls[crm] = this.calls(crm) + 1;
      },
      adrift: (arrive: () => void) => {
        if (this.random.chance(0.6)) this.#adrift.send(() => this.#arriving(arrive), this.random.next());
      },
    };
  }

  #arriving(arrive: () => void): void {
    this.isArriving = true;
    arrive();
    this.isArriving = false;
  }

  #uuid(number: number): string {
    return `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
  }
}
