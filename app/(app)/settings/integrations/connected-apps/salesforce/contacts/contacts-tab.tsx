'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { GoodToKnow } from '#components/contact-sync/good-to-know.tsx';
import { WhatCanSync } from '#components/contact-sync/what-can-sync.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';
import { CreatingCard } from './creating-card.tsx';
import { DeletingCard } from './deleting-card.tsx';
import { LimitCard } from './limit-card.tsx';
import { ResyncButton } from './resync-button.tsx';
import { SafetyCard } from './safety-card.tsx';
import { useResync } from './use-resync.ts';

/** Contact sync rules: the page this product exists for. */
export function ContactsTab({ userName, isConnected }: { userName: string; isConnected: boolean }) {
  const { data: view } = useSuspenseQuery(settingsQuery());
  const resync = useResync(isConnected);
  const isEveryone = view.values.inclusionListId === null;
  const contacts = (isEveryone ? view.contactCount : view.segment?.size) ?? 0;
  return (
    <PageBody
      {...(view.stale || !view.canEdit ? { top: <Top view={view} /> } : {})}
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
      <SafetyCard view={view} />
    </PageBody>
  );
}

/** What holds for the whole page: that it is as last seen, that it can only be looked at. */
function Top({ view }: { view: SettingsView }) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  return (
    <div className="grid gap-2">
      {view.stale && <Alert tone="caution">{t('staleBanner')}</Alert>}
      {!view.canEdit && <p className="text-text-subtle">{common('adminOnly')}</p>}
    </div>
  );
}
