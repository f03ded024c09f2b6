import type { ReactNode } from 'react';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';
import { ContactsSubTabs } from './contacts-sub-tabs.tsx';

export default function ContactsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ClientMessages namespaces={['mappings']}>
        <ContactsSubTabs />
      </ClientMessages>
      {children}
    </>
  );
}
