import type { Metadata, Viewport } from 'next';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { fontVariables } from './fonts.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Segbridge', template: '%s · Segbridge' },
  description: 'Decide which contacts sync between HubSpot and Salesforce.',
};
export const viewport: Viewport = { themeColor: '#2d2b2a' };
// Every page depends on who asks and in which language.
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await getLocale()} className={fontVariables}>
      <body>
        <ClientMessages>{children}</ClientMessages>
      </body>
    </html>
  );
}
