import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf, nothing } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import { reconnectCookie } from './rules.ts';
import type { Role } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** The people of the workspace. */
export function usersQuery() {
  return queryOptions({
    queryKey: ['users'],
    queryFn: ({ signal }) => apiGet('/api/users', answers('usersSchema'), signal),
  });
}

export function changeRoleMutation() {
  return mutationOptions({
    mutationKey: ['users', 'role'],
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      apiSend('PATCH', `/api/users/${id}`, { role }, answers('usersSchema')),
  });
}

export function removeUserMutation() {
  return mutationOptions({
    mutationKey: ['users', 'remove'],
    mutationFn: (id: string) => apiSend('DELETE', `/api/users/${id}`, undefined, answers('usersSchema')),
  });
}

/** Remembers the language for the person's other browsers. */
export async function saveLanguage(locale: Locale): Promise<void> {
  await apiSend('PATCH', '/api/users/me', { locale }, nothing);
}

/**
 * Where to send the browser so that a person can log in with HubSpot; back to `callbackUrl` afterwards.
 * `reconnect`: an admin's log-in also renews the workspace's connection.
 */
export async function startSignIn(
  callbackUrl: string,
  options: { reconnect?: boolean } = {},
): Promise<string> {
  if (options.reconnect) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `${reconnectCookie}=1; path=/api/auth; max-age=600; samesite=lax`;
  }
  return (await post('/api/auth/signin/hubspot', { callbackUrl })).url;
}

/**
 * When the session ends by this browser's clock, in ms; null once it has. Asking prolongs it, at most once a day
 * (https://next-auth.js.org/configuration/options#session).
 */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/auth/session', { signal });
      const { expires } = (await answers('sessionSchema')()).parse(await response.json());
      const serverNow = Date.parse(response.headers.get('date') ?? '') || Date.now();
      return { endsAt: expires ? Date.now() + Date.parse(expires) - serverNow : null };
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Ends the session; answers where to go then. */
export async function signOut(callbackUrl: string): Promise<string> {
  return (await post('/api/auth/signout', { callbackUrl })).url;
}

async function post(path: string, values: Record<string, string>): Promise<{ url: string }> {
  const csrf = await fetch('/api/auth/csrf').then((response) => response.json());
  const { csrfToken } = (await answers('csrfSchema')()).parse(csrf);
  const body = new URLSearchParams({ ...values, csrfToken, json: 'true' });
  const response = await fetch(path, { method: 'POST', body, headers: { 'X-Auth-Return-Redirect': '1' } });
  return (await answers('nextAddressSchema')()).parse(await response.json());
}
