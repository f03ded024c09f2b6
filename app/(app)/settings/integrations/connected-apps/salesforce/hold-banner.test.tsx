import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test } from 'vitest';
import { holdsQuery } from '#lib/insight/queries.ts';
import type { Hold } from '#lib/insight/schemas.ts';
import { mappingFieldsQuery } from '#lib/mappings/queries.ts';
import common from '#messages/en/common.json' with { type: 'json' };
import connections from '#messages/en/connections.json' with { type: 'json' };
import settings from '#messages/en/settings.json' with { type: 'json' };
import switchWords from '#messages/en/switch.json' with { type: 'json' };
import { HoldBanner } from './hold-banner.tsx';

const emptied: Hold = {
  id: '7d9f1f06-50b2-4c06-9d6c-0a1f5f3a7f11',
  cause: 'blanking',
  changeId: null,
  since: '2026-11-12T13:45:00Z',
  counts: [{ kind: 'blanked_hubspot', key: 'hubspot:jobtitle', people: 940 }],
  undo: null,
};

/** The banner as it first appears in a browser that knows of this stop and of nothing else. */
function bannerOf(hold: Hold, label?: string): string {
  const client = new QueryClient();
  client.setQueryData(holdsQuery().queryKey, { holds: [hold], canConfirm: true });
  if (label) {
    const property = { name: 'jobtitle', label, kind: 'text' as const, writable: true, unique: false };
    client.setQueryData(mappingFieldsQuery().queryKey, { properties: [property], fields: null });
  }
  return renderToString(
    <NextIntlClientProvider
      locale="en"
      timeZone="UTC"
      messages={{ common, connections, settings, switch: switchWords }}
    >
      <QueryClientProvider client={client}>
        <HoldBanner />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
}

afterEach(() => onlineManager.setOnline(true));

test('a stop for emptied values waits for the label of the property while it is asked for', () => {
  expect(bannerOf(emptied)).toBe('');
  expect(bannerOf(emptied, 'Job Title')).toContain('this would empty Job Title for 940 people');
});

test('offline, where nobody can be asked, it is told with the name that the API has', () => {
  onlineManager.setOnline(false);
  expect(bannerOf(emptied)).toContain('this would empty jobtitle for 940 people');
});
