'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { SwitchForecast } from '#components/contact-sync/switch-forecast.tsx';
import { SwitchFrame } from '#components/contact-sync/switch-frame.tsx';
import { SwitchNumbers } from '#components/contact-sync/switch-numbers.tsx';
import { SwitchState } from '#components/contact-sync/switch-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { useNarrow } from '#components/ui/use-narrow.ts';
import { useOnline } from '#components/ui/use-online.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { letSwitchMutation, switchForecastQuery } from '#lib/insight/queries.ts';
import type { SwitchPreview } from '#lib/insight/schemas.ts';
import { ConfirmSwitch } from './confirm-switch.tsx';
import { SwitchPeopleSide } from './switch-people-side.tsx';
import type { Switch } from './use-switch.ts';

export interface SwitchSideProps {
  panel: Switch;
  /** Pixels from the top of the window. */
  top: number;
  undo: { run: (changeId: string) => void; isRunning: boolean };
  /** The Inclusion List button: F6 leads back to it. */
  fieldRef: RefObject<HTMLButtonElement | null>;
}

/** What a switch changes, beside the setting: numbers, people, forecast, and the way back. */
export function SwitchSide(props: SwitchSideProps) {
  const { panel, top, fieldRef } = props;
  const t = useTranslations('switch');
  const { short } = useTimes();
  const isNarrow = useNarrow('md');
  const heading = useRef<HTMLHeadingElement>(null);
  const looked = useLooked(panel);
  useWayBetween(heading, fieldRef);
  const { preview, show } = panel;
  const close = () => {
    panel.close();
    fieldRef.current?.focus();
  };
  const frame = { onClose: close, closeLabel: t('close'), isNarrow, top, headingRef: heading };
  if (preview && show) {
    return <SwitchPeopleSide frame={frame} panel={panel} preview={preview} group={show} />;
  }
  const isOpen = !preview || (preview.phase !== 'inForce' && preview.phase !== 'ended');
  const counts = preview?.count.counts;
  return (
    <SwitchFrame
      {...frame}
      title={isOpen ? t('title') : t('titleThen', { when: short(preview?.changedAt ?? '') })}
      subtitle={counts && t('sizes', { before: counts.before, now: counts.now })}
      footer={
        preview && (
          <Foot
            {...props}
            preview={preview}
            hasLooked={looked.has(preview.changeId)}
            heading={heading}
            onClose={close}
          />
        )
      }
    >
      <section
        aria-label={t('numbers')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto px-6 pb-4 focus-visible:-outline-offset-2"
      >
        <Body {...props} />
      </section>
    </SwitchFrame>
  );
}

function Body({ panel }: SwitchSideProps) {
  const { preview, error } = panel;
  const forecast = useQuery({
    ...switchForecastQuery(panel.changeId),
    enabled: preview?.count.state === 'counted' && preview.phase !== 'ended',
  });
  const { mutate, isPending } = useMutation({
    ...letSwitchMutation('go-on'),
    onError: (failure) => showToast({ tone: 'danger', title: failure.message }),
  });
  const counts = preview?.count.counts;
  return (
    <>
      <SwitchState
        preview={preview}
        error={error}
        secondsLeft={panel.secondsLeft}
        onGoOn={() => preview && mutate(preview.changeId)}
        isGoingOn={isPending}
        onShow={panel.open}
      />
      {preview && counts && (
        <div className="mt-4">
          <SwitchNumbers counts={counts} contacts={preview.contacts} onOpen={panel.openGroup} />
          {preview.phase !== 'ended' && (
            <SwitchForecast forecast={forecast.data ?? null} failure={forecast.error?.message ?? null} />
          )}
        </div>
      )}
    </>
  );
}

type FootProps = SwitchSideProps & {
  preview: SwitchPreview;
  hasLooked: boolean;
  heading: RefObject<HTMLHeadingElement | null>;
  onClose: () => void;
};

function Foot({ undo, fieldRef, preview, hasLooked, heading, onClose }: FootProps) {
  const t = useTranslations('switch');
  const common = useTranslations('common');
  const isOnline = useOnline();
  const [isAsking, setAsking] = useState(false);
  const { phase, canEdit, changeId } = preview;
  const canUndo = canEdit && (phase === 'waiting' || phase === 'uncounted' || phase === 'held');
  const offline = isOnline ? {} : { isDisabled: true, disabledReason: t('offline') };
  return (
    <>
      {phase === 'held' && canEdit && (
        <Button variant="primary" onPress={() => setAsking(true)} {...offline}>
          {t('hold.confirm')}
        </Button>
      )}
      {canUndo && (
        <Button
          variant="secondary"
          icon={<Undo2 size={16} aria-hidden />}
          isBusy={undo.isRunning}
          onPress={() => {
            undo.run(changeId);
            fieldRef.current?.focus();
          }}
          {...offline}
        >
          {common('undo')}
        </Button>
      )}
      {(phase !== 'held' || !canEdit) && (
        <Button variant="tertiary" onPress={onClose}>
          {t('done')}
        </Button>
      )}
      {isAsking && (
        <ConfirmSwitch
          preview={preview}
          hasLooked={hasLooked}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            heading.current?.focus();
          }}
        />
      )}
    </>
  );
}

/** Of which changes the list of those who stop was opened. */
function useLooked({ show, changeId }: Switch): ReadonlySet<string> {
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (show === 'stop') setLooked((former) => new Set([...former, changeId]));
  }, [show, changeId]);
  return looked;
}

/** F6 goes to the panel and back to the field. */
function useWayBetween(heading: RefObject<HTMLElement | null>, field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const panel = heading.current?.closest('aside');
      if (event.key !== 'F6' || !panel) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const isInside = panel.contains(document.activeElement);
      (isInside ? field : heading).current?.focus();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [heading, field]);
}
