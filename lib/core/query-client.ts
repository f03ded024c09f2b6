import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-client.ts';

/** The browser's cache of what the API answered. Only what may have been a passing fault is asked again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
