import { z } from 'zod';

const csrfSchema = z.object({ csrfToken: z.string() });
const urlSchema = z.object({ url: z.url() });

/** Where to send the browser so that a person can log in with HubSpot; back to `callbackUrl` afterwards. */
export async function startSignIn(callbackUrl: string): Promise<string> {
  return (await post('/api/auth/signin/hubspot', { callbackUrl })).url;
}

/** Ends the session; answers where to go then. */
export async function signOut(callbackUrl: string): Promise<string> {
  return (await post('/api/auth/signout', { callbackUrl })).url;
}

async function post(path: string, values: Record<string, string>): Promise<{ url: string }> {
  const csrf = await fetch('/api/auth/csrf').then((response) => response.json());
  const { csrfToken } = csrfSchema.parse(csrf);
  const body = new URLSearchParams({ ...values, csrfToken, json: 'true' });
  const response = await fetch(path, { method: 'POST', body, headers: { 'X-Auth-Return-Redirect': '1' } });
  return urlSchema.parse(await response.json());
}
