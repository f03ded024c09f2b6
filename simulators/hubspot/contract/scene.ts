import type { Client } from '@hubspot/api-client';
import type { Bench } from '../testing.ts';

export interface Scene {
  bench: Bench;
  client: Client;
}

/** Drives a part of the API through all its operations, by the published client wherever it can make the call. */
export type Script = (scene: Scene) => Promise<void>;

/** A contact made over the API; its id. */
export async function newContact({ client }: Scene, email: string): Promise<string> {
  const made = await client.crm.contacts.basicApi.create({ properties: { email }, associations: [] });
  return made.id;
}

/** A raw call for what the client cannot do; throws when it is not a success. */
export async function raw<T = Record<string, unknown>>(
  { bench }: Scene,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await bench.call<T>(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
