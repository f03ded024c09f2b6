import type { ReactNode } from 'react';
import { ClientMessages } from '#lib/i18n/client-messages.tsx';

export default function SegmentsLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={['segments']}>{children}</ClientMessages>;
}
