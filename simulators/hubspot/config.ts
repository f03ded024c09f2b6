/** Settings of the running simulator; changed by `POST /__control/config`. */
export interface HubSpotConfig {
  /** How long search keeps showing a record's former state after a change, in ms. */
  searchDelayMs: number;
  /** How long after a change of a record its dynamic lists follow, in ms. */
  listDelayMs: number;
  /** How long a new or changed dynamic list stays PROCESSING, in ms. */
  listProcessingMs: number;
  /** How long an access token lives, in seconds. */
  accessTokenSeconds: number;
  /** Are the published rate limits enforced? Their headers are sent either way. */
  rateLimits: boolean;
  /** Calls of an app in 10 seconds. */
  rateLimitTenSecondly: number;
  /** Searches of an account in one second. */
  rateLimitSearchPerSecond: number;
  /** Calls of an app in a day; 0 for no limit, which also leaves the daily headers out. */
  dailyApiLimit: number;
  /** How many lists of a processing type the plan allows. */
  planListLimit: number;
  /** Where webhooks go, instead of the app's own setting. */
  webhookUrl: string;
  /** How long events are collected before a delivery, in ms. */
  webhookDelayMs: number;
  /** Deliver every batch twice. */
  webhookDuplicates: boolean;
  /** Mix the order of events and deliveries. */
  webhookDisorder: boolean;
  /** Further addresses the app may be sent back to, beside those given at start. */
  redirectUris: string[];
}

export const defaultConfig: HubSpotConfig = {
  searchDelayMs: 400,
  listDelayMs: 300,
  listProcessingMs: 1_500,
  accessTokenSeconds: 1_800,
  rateLimits: false,
  rateLimitTenSecondly: 110,
  rateLimitSearchPerSecond: 5,
  dailyApiLimit: 0,
  planListLimit: 1_000,
  webhookUrl: '',
  webhookDelayMs: 100,
  webhookDuplicates: false,
  webhookDisorder: false,
  redirectUris: [],
};
