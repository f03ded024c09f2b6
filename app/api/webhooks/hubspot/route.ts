import { now } from '#lib/core/clock.ts';
import { env } from '#lib/core/env.ts';
import { logBug } from '#lib/core/log.ts';
import { isSignedByHubSpot, readWebhookEvents } from '#lib/crm/hubspot/webhooks.ts';
import { takeWebhook } from '#lib/sync/server/index.ts';

/** A hundred events with long values are smaller. */
const mostBytes = 4 * 1024 * 1024;

/**
 * Where HubSpot delivers what happens to contacts. Answers 204 to every delivery that HubSpot has signed; 401
 * without a good signature, 413 beyond 4 MB, 400 to what is no delivery. Anything else makes HubSpot try again.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const body = await readBody(request);
    if (!body) return answer(413);
    const { pathname, search } = new URL(request.url);
    const signed = {
      url: `${env().APP_URL}${pathname}${search}`,
      method: request.method,
      body,
      signature: request.headers.get('x-hubspot-signature-v3'),
      timestamp: request.headers.get('x-hubspot-request-timestamp'),
    };
    if (!isSignedByHubSpot(env().HUBSPOT_CLIENT_SECRET, signed, await now())) return answer(401);
    const events = readWebhookEvents(parsed(body));
    if (!events) return answer(400);
    await takeWebhook(events);
    return answer(204);
  } catch (error) {
    logBug(error, { path: '/api/webhooks/hubspot' });
    return answer(500);
  }
}

/** Null as soon as it is too large, however large it says it is. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

function answer(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
}
