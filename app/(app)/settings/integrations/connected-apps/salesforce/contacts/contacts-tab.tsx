'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Suspense, useRef } from 'react';
import { GoodToKnow } from '#components/contact-sync/good-to-know.tsx';
import { WhatCanSync } from '#components/contact-sync/what-can-sync.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { lazyWhenIdle } from '#components/ui/lazy-when-idle.tsx';
import { useNarrow } from '#components/ui/use-narrow.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';
import { CreatingCard } from './creating-card.tsx';
import { DeletingCard } from './deleting-card.tsx';
import { LimitCard } from './limit-card.tsx';
import { ResyncButton } from './resync-button.tsx';
import { SafetyCard } from './safety-card.tsx';
import { useInclusionList } from './use-inclusion-list.ts';
import { usePanelPlace } from './use-panel-place.ts';
import { useResync } from './use-resync.ts';
import { useSwitch } from './use-switch.ts';

const SwitchSide = lazyWhenIdle(() => import('./switch-side.tsx').then((file) => file.SwitchSide));

/** Contact sync rules: the page this product exists for. */
export function ContactsTab({ userName, isConnected }: { userName: string; isConnected: boolean }) {
  const { data: view } = useSuspenseQuery(settingsQuery());
  const resync = useResync(isConnected);
  const isEveryone = view.values.inclusionListId === null;
  const contacts = (isEveryone ? view.contactCount : view.segment?.size) ?? 0;
  const panel = useSwitch(view);
  const list = useInclusionList(view, {
    onResync: resync.ask,
    onSwitched: panel.open,
    onUndone: panel.close,
  });
  const anchor = useRef<HTMLDivElement>(null);
  const top = usePanelPlace(anchor, panel.isOpen);
  // Where the panel stands beside the settings, the cards of the second column wait behind it.
  const hasAside = useNarrow('xl') || !panel.isOpen;
  const aside = (
    <>
      <WhatCanSync view={view} userName={userName} />
      <GoodToKnow />
    </>
  );
  return (
    <>
      <div ref={anchor} className={panel.isOpen ? 'xl:pr-[440px]' : undefined}>
        <PageBody
          {...(view.stale || !view.canEdit ? { top: <Top view={view} /> } : {})}
          {...(hasAside ? { aside } : {})}
        >
          <LimitCard
            view={view}
            list={list}
            panel={panel}
            resync={
              <ResyncButton
                resync={resync}
                isEveryone={isEveryone}
                canStart={view.canEdit}
                contacts={contacts}
              />
            }
          />
          <CreatingCard view={view} />
          <DeletingCard view={view} />
          <SafetyCard view={view} />
        </PageBody>
      </div>
      <p role="status" className="sr-only">
        {panel.announcement}
      </p>
      <Suspense>
        {panel.isOpen && (
          <SwitchSide
            panel={panel}
            top={top}
            undo={{ run: list.undoChange, isRunning: list.isUndoing }}
            fieldRef={list.fieldRef}
          />
        )}
      </Suspense>
    </>
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
