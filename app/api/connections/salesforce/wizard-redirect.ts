import { env } from '#lib/core/env.ts';
import type { Failure } from '#lib/core/failures.ts';

/** Sends the browser back to the connect wizard, or to the log-in where nobody is logged in. */
export function wizardRedirect(query: Record<string, string>): Response {
  const path = '/settings/integrations/connect/salesforce';
  return Response.redirect(`${env().APP_URL}${path}?${new URLSearchParams(query)}`, 303);
}

export function wizardFailure(failure: Failure): Response {
  if (failure.code === 'not_signed_in') return Response.redirect(`${env().APP_URL}/login`, 303);
  const rights = failure.values?.rights;
  return wizardRedirect({
    error: failure.code,
    ...(failure.reference ? { reference: failure.reference } : {}),
    ...(typeof rights === 'string' ? { rights } : {}),
  });
}
