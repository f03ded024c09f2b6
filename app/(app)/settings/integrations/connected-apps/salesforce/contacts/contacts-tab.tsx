'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { GoodToKnow } from '#components/contact-sync/good-to-know.tsx';
import { WhatCanSync } from '#components/contact-sync/what-can-sync.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { settingsQuery } from '#lib/settings/queries.ts';
import { CreatingCard } from './creating-card.tsx';
import { DeletingCard } from './deleting-card.tsx';
import { LimitCard } from './limit-card.tsx';
import { ResyncButton } from './resync-button.tsx';
import { useResync } from './use-resync.ts';

/** Contact sync rules: the page this product exists for. */
export function ContactsTab({ userName, isConnected }: { userName: string; isConnected: boolean }) {
  const { data: view } = useSuspenseQuery(settingsQuery());
  const t = useTranslations('settings');
  const resync = useResync(isConnected);
  const isEveryone = view.values.inclusionListId === null;
  const contacts = (isEveryone ? view.contactCount : view.segment?.size) ?? 0;
  return (
    <PageBody
      {...(view.stale ? { top: <Alert tone="caution">{t('staleBanner')}</Alert> } : {})}
      aside={
        <>
          <WhatCanSync view={view} userName={userName} />
          <GoodToKnow />
        </>
      }
    >
      <LimitCard
        view={view}
        onResync={resync.ask}
        resync={
          <ResyncButton resync={resync} isEveryone={isEveryone} canStart={view.canEdit} contacts={contacts} />
        }
      />
      <CreatingCard view={view} />
      <DeletingCard view={view} />
    </PageBody>
  );
}
