import { z } from 'zod';

const appSchema = z.enum(['hubspot', 'salesforce']);
export type App = z.infer<typeof appSchema>;

export const appParamsSchema = z.strictObject({ app: appSchema });

/** Asks for the log-in at Salesforce; from the address line, so booleans come as text. */
export const consentQuerySchema = z.strictObject({
  sandbox: z.stringbool().default(false),
  /** The org's own log-in address, where its administrator forbids the general one. */
  loginUrl: z.url().max(200).optional(),
  /** The person has confirmed that this may be another organisation than before. */
  otherOrg: z.stringbool().default(false),
});
export type ConsentRequest = z.output<typeof consentQuerySchema>;

/** What Salesforce sends back through the browser; it may add to it. */
export const consentAnswerSchema = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(2_000).optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(1_000).optional(),
});
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>;

export const disconnectBodySchema = z.strictObject({
  /** `disconnectPhrase(app)`, whatever the language of the page. */
  phrase: z.string().max(100),
  /** Also erase links, last agreed values and outcomes now. */
  erase: z.boolean().default(false),
  reason: z.string().max(100).optional(),
});
export type DisconnectRequest = z.output<typeof disconnectBodySchema>;

const time = z.iso.datetime();

/** One connection, as Connected Apps shows it. It holds no secret. */
const connectionViewSchema = z.object({
  app: appSchema,
  status: z.enum(['connected', 'expired', 'disconnected']),
  /** Hub id, or Salesforce's organisation id of 18 characters. */
  accountId: z.string(),
  accountName: z.string().nullable(),
  username: z.string(),
  sandbox: z.boolean(),
  loginUrl: z.string(),
  connectedBy: z.string().nullable(),
  connectedAt: time,
  expiredAt: time.nullable(),
  disconnectedAt: time.nullable(),
  /** API calls of the last 24 hours as Salesforce last told them. */
  api: z.object({ used: z.number(), limit: z.number(), readAt: time }).nullable(),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

export const connectionsSchema = z.object({ connections: z.array(connectionViewSchema) });
export type Connections = z.infer<typeof connectionsSchema>;
