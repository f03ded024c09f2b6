import type { Clock } from '#simulators/core/clock.ts';
import type { Config } from '#simulators/core/config.ts';
import type { RequestLog } from '#simulators/core/request-log.ts';
import type { Store } from '#simulators/core/store.ts';
import type { HubSpotConfig } from './config.ts';

/** What every part of the simulator shares. */
export interface World {
  store: Store;
  clock: Clock;
  config: Config<HubSpotConfig>;
  log: RequestLog;
  /** The simulator's own address. */
  url(): string;
}
