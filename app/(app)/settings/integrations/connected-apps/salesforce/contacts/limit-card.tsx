'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useSegmentOptions } from '#app/(app)/settings/shared/use-segment-options.ts';
import { InclusionListMenu } from '#components/contact-sync/inclusion-list-menu.tsx';
import { SegmentLine } from '#components/contact-sync/segment-line.tsx';
import { TheirsOrMine } from '#components/contact-sync/theirs-or-mine.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { SaveStatus } from '#components/ui/save-status.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { switchEffectsQuery } from '#lib/insight/queries.ts';
import type { SwitchEffect } from '#lib/insight/schemas.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';
import type { InclusionList } from './use-inclusion-list.ts';
import type { Switch } from './use-switch.ts';

const noEffects: readonly SwitchEffect[] = [];
const newSegment = '/segments/new?object=contact&for=salesforce';
/** The Italian help article goes by the list of segments and its button. */
const italianWay = '/segments?for=salesforce';

/** The card that decides everything: which contacts sync at all. */
export function LimitCard(props: {
  view: SettingsView;
  list: InclusionList;
  panel: Switch;
  resync: ReactNode;
}) {
  const { view, list, panel, resync } = props;
  const t = useTranslations('settings.limit');
  const common = useTranslations('common');
  const router = useRouter();
  const locale = useLocale();
  const menu = useSegmentOptions();
  const effects = useQuery(switchEffectsQuery());

  return (
    <Card title={t('title')} description={t('text')}>
      <div className="mt-5">
        <InclusionListMenu
          ref={list.fieldRef}
          selectedId={list.shown.listId}
          selectedName={list.shown.name}
          options={menu.options}
          staticMatches={menu.staticMatches}
          query={menu.query}
          status={menu.status}
          copy={menu.copy}
          {...(menu.loadMore ? { loadMore: menu.loadMore } : {})}
          onQuery={menu.setQuery}
          effects={effects.data?.effects ?? noEffects}
          onOpenChange={(isOpen) => {
            menu.setOpen(isOpen);
            if (isOpen) void effects.refetch();
          }}
          onRetry={menu.retry}
          onChoose={list.choose}
          onCreate={(name) => {
            if (name) router.push(`${newSegment}&name=${encodeURIComponent(name)}`);
            else router.push(locale === 'it' ? italianWay : newSegment);
          }}
          isBusy={list.saveState === 'saving'}
          {...(view.canEdit ? {} : { disabledReason: common('adminOnly') })}
          error={
            list.failure !== null ? (
              <SaveFailed reason={list.failure} onRetry={list.retry} />
            ) : (
              goneText(view, t)
            )
          }
          labelExtra={
            <>
              <SaveStatus
                state={list.saveState}
                savingLabel={common('saving')}
                savedLabel={common('saved')}
              />
              <Way view={view} list={list} panel={panel} />
            </>
          }
        />
        {view.segment && !list.isPending && <SegmentLine segment={view.segment} />}
        <p role="status" className="sr-only">
          {list.announcement}
        </p>
      </div>
      {list.conflict && <Conflict view={list.conflict} onKeep={list.keepTheirs} onUseMine={list.retry} />}
      <div className="mt-5">
        <Alert tone="info" title={t('noteTitle')}>
          {t('noteText')} {resync}
        </Alert>
      </div>
    </Card>
  );
}

/** Beside the label: back, and what the last change has done. */
function Way({ view, list, panel }: { view: SettingsView; list: InclusionList; panel: Switch }) {
  const t = useTranslations('settings.limit');
  const common = useTranslations('common');
  const words = useTranslations('switch');
  const isWaiting = list.secondsLeft > 0 && !panel.canUndoLate;
  const { recent } = panel;
  return (
    <span className="ml-auto flex flex-wrap items-center gap-x-2.5">
      {view.canEdit && view.undo && (isWaiting || panel.canUndoLate) && (
        <Button variant="link" size="small" onPress={list.undo} isBusy={list.isUndoing}>
          {isWaiting ? t('undoCountdown', { seconds: list.secondsLeft }) : common('undo')}
        </Button>
      )}
      {recent !== null && !panel.isOpen && (
        <Button variant="link" size="small" onPress={() => panel.open(recent)}>
          {words('see')}
        </Button>
      )}
    </span>
  );
}

type Translator = ReturnType<typeof useTranslations<'settings.limit'>>;

function goneText(view: SettingsView, t: Translator): string | undefined {
  if (view.segment?.state === 'deleted') return t('deleted');
  if (view.segment?.state === 'static') return t('static');
  return undefined;
}

function SaveFailed({ reason, onRetry }: { reason: string; onRetry: () => void }) {
  const t = useTranslations('settings.limit');
  const common = useTranslations('common');
  return (
    <>
      {reason === '' ? t('saveFailed') : t('saveRefused', { reason })}{' '}
      <Button variant="link" onPress={onRetry}>
        {common('tryAgain')}
      </Button>
    </>
  );
}

function Conflict(props: { view: SettingsView; onKeep: () => void; onUseMine: () => void }) {
  const { view, onKeep, onUseMine } = props;
  const t = useTranslations('settings.limit');
  const { ago } = useTimes();
  const segment = view.values.inclusionListId === null ? t('all') : (view.segment?.name ?? t('unknown'));
  const text = t('conflict', {
    name: view.changedBy ?? '',
    segment,
    when: view.changedAt ? ago(view.changedAt) : '',
  });
  return (
    <div className="mt-4">
      <TheirsOrMine text={text} onKeep={onKeep} onUseMine={onUseMine} />
    </div>
  );
}
