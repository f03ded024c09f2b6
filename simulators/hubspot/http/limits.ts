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

/** Published limits: per app and portal in 10 s, searches per portal in a second, calls in a day. */
export function createRateLimits(world: World, dayStartOf: (portalId: number) => number): RateLimits {
  const windows = new Map<string, Window>();
  const days = new Map<string, { start: number; used: number }>();

  const within = (key: string, length: number) => {
    const now = world.clock.now();
    const window = windows.get(key) ?? { calls: [] };
    windows.set(key, window);
    window.calls = window.calls.filter((at) => at > now - length);
    return window;
  };
  const today = (key: string, portalId: number) => {
    const start = dayStartOf(portalId);
    const known = days.get(key);
    if (known?.start === start) return known;
    const fresh = { start, used: 0 };
    days.set(key, fresh);
    return fresh;
  };

  return {
    count(session, isSearch) {
      const { rateLimits, rateLimitTenSecondly, rateLimitSearchPerSecond, dailyApiLimit } =
        world.config.current;
      const key = `${session.portalId}/${session.appId}`;
      const day = today(key, session.portalId);
      if (rateLimits && dailyApiLimit > 0 && day.used >= dailyApiLimit) throw tooMany('daily', 'DAILY');
      day.used += 1;
      const daily: Record<string, string> =
        dailyApiLimit > 0
          ? {
              'x-hubspot-ratelimit-daily': String(dailyApiLimit),
              'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, dailyApiLimit - day.used)),
            }
          : {};
      if (isSearch) {
        const window = within(`search/${session.portalId}`, 1_000);
        if (rateLimits && window.calls.length >= rateLimitSearchPerSecond) throw tooManySearches();
        window.calls.push(world.clock.now());
        return daily;
      }
      const window = within(key, TEN_SECONDS);
      if (rateLimits && window.calls.length >= rateLimitTenSecondly) {
        throw tooMany('ten_secondly_rolling', 'TEN_SECONDLY_ROLLING');
      }
      window.calls.push(world.clock.now());
      const secondly = Math.floor(rateLimitTenSecondly / 10);
      return {
        ...daily,
        'x-hubspot-ratelimit-interval-milliseconds': String(TEN_SECONDS),
        'x-hubspot-ratelimit-max': String(rateLimitTenSecondly),
        'x-hubspot-ratelimit-remaining': String(Math.max(0, rateLimitTenSecondly - window.calls.length)),
        'x-hubspot-ratelimit-secondly': String(secondly),
        'x-hubspot-ratelimit-secondly-remaining': String(Math.max(0, secondly - 1)),
      };
    },
    clear() {
      windows.clear();
      days.clear();
    },
  };
}

function tooMany(which: string, policyName: string): ApiError {
  const extra = { errorType: 'RATE_LIMIT', policyName, requestId: crypto.randomUUID() };
  return new ApiError(429, `You have reached your ${which} limit.`, { extra });
}

/** Search has its own words, without a policy name. */
function tooManySearches(): ApiError {
  return new ApiError(429, 'You have reached your secondly limit.', { category: 'RATE_LIMITS' });
}
