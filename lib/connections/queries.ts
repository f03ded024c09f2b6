import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import type { App, DisconnectRequest } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** What is connected, and how. */
export function connectionsQuery() {
  return queryOptions({
    queryKey: ['connections'],
    queryFn: ({ signal }) => apiGet('/api/connections', answers('connectionsSchema'), signal),
  });
}

/** Ends a connection; answers what is connected then. */
export function disconnectMutation(app: App) {
  return mutationOptions({
    mutationKey: ['connections', 'disconnect', app],
    mutationFn: (body: DisconnectRequest) =>
      apiSend('POST', `/api/connections/${app}/disconnect`, body, answers('connectionsSchema')),
  });
}

/** Where the browser goes to log in at Salesforce. */
export function salesforceLoginPath(request: {
  sandbox: boolean;
  otherOrg?: boolean;
  loginUrl?: string;
}): string {
  const query = new URLSearchParams({ sandbox: String(request.sandbox) });
  if (request.otherOrg) query.set('otherOrg', 'true');
  if (request.loginUrl) query.set('loginUrl', request.loginUrl);
  return `/api/connections/salesforce/authorize?${query}`;
}
