import type { Session } from '../oauth/tokens.ts';
import type { World } from '../world.ts';
import { ApiError } from './errors.ts';

interface Window {
  /** Times of the calls, oldest first. */
  calls: number[];
}

const TEN_SECONDS = 10_000;

export interface RateLimits {
  /** Counts a call; throws the 429 when limits are on and one is used up. Answers the headers to send. */
  count(session: Session, isSearch: boolean): Record<string, string>;
  clear(): void;
}

type DayStart = (portalId: number) => number;

/** Published limits: per app and portal in 10 s, searches per portal in a second, calls in a day. */
export function createRateLimits(world: World, dayStartOf: DayStart): RateLimits {
  return new Counters(world, dayStartOf);
}

class Counters implements RateLimits {
  readonly #world: World;
  readonly #dayStartOf: DayStart;
  readonly #windows = new Map<string, Window>();
  readonly #days = new Map<string, { start: number; used: number }>();

  constructor(world: World, dayStartOf: DayStart) {
    this.#world = world;
    this.#dayStartOf = dayStartOf;
  }

  count(session: Session, isSearch: boolean): Record<string, string> {
    const key = `${session.portalId}/${session.appId}`;
    const daily = this.#countDay(key, session.portalId);
    if (!isSearch) return { ...daily, ...this.#countCall(key) };
    this.#countSearch(session.portalId);
    return daily;
  }

  clear() {
    this.#windows.clear();
    this.#days.clear();
  }

  #countDay(key: string, portalId: number): Record<string, string> {
    const { rateLimits, dailyApiLimit } = this.#world.config.current;
    const day = this.#today(key, portalId);
    if (rateLimits && dailyApiLimit > 0 && day.used >= dailyApiLimit) throw tooMany('daily', 'DAILY');
    day.used += 1;
    if (dailyApiLimit <= 0) return {};
    return {
      'x-hubspot-ratelimit-daily': String(dailyApiLimit),
      'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, dailyApiLimit - day.used)),
    };
  }

  #countSearch(portalId: number) {
    const { rateLimits, rateLimitSearchPerSecond } = this.#world.config.current;
    const window = this.#within(`search/${portalId}`, 1_000);
    if (rateLimits && window.calls.length >= rateLimitSearchPerSecond) throw tooManySearches();
    window.calls.push(this.#world.clock.now());
  }

  #countCall(key: string): Record<string, string> {
    const { rateLimits, rateLimitTenSecondly } = this.#world.config.current;
    const window = this.#within(key, TEN_SECONDS);
    if (rateLimits && window.calls.length >= rateLimitTenSecondly) {
      throw tooMany('ten_secondly_rolling', 'TEN_SECONDLY_ROLLING');
    }
    window.calls.push(this.#world.clock.now());
    const secondly = Math.floor(rateLimitTenSecondly / 10);
    return {
      'x-hubspot-ratelimit-interval-milliseconds': String(TEN_SECONDS),
      'x-hubspot-ratelimit-max': String(rateLimitTenSecondly),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, rateLimitTenSecondly - window.calls.length)),
      'x-hubspot-ratelimit-secondly': String(secondly),
      'x-hubspot-ratelimit-secondly-remaining': String(Math.max(0, secondly - 1)),
    };
  }

  #within(key: string, length: number): Window {
    const now = this.#world.clock.now();
    const window = this.#windows.get(key) ?? { calls: [] };
    this.#windows.set(key, window);
    window.calls = window.calls.filter((at) => at > now - length);
    return window;
  }

  #today(key: string, portalId: number) {
    const start = this.#dayStartOf(portalId);
    const known = this.#days.get(key);
    if (known?.start === start) return known;
    const fresh = { start, used: 0 };
    this.#days.set(key, fresh);
    return fresh;
  }
}

function tooMany(which: string, policyName: string): ApiError {
  const extra = { errorType: 'RATE_LIMIT', policyName, requestId: crypto.randomUUID() };
  return new ApiError(429, `You have reached your ${which} limit.`, { extra });
}

/** Search has its own words, without a policy name. */
function tooManySearches(): ApiError {
  return new ApiError(429, 'You have reached your secondly limit.', { category: 'RATE_LIMITS' });
}
