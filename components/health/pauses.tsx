'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { Pause } from '#lib/insight/schemas.ts';

export interface PausesProps {
  pauses: readonly Pause[];
  contactsHref: string;
  /** Resumes the sync; left out for those who may only look. */
  onResume?: () => void;
  isResuming: boolean;
  /** Tries again at once though Salesforce refuses; left out for those who may only look. */
  onClear?: () => void;
  isClearing: boolean;
}

/** What stops or slows the sync just now, each with its reason and the way out. */
export function Pauses(props: PausesProps) {
  return props.pauses.map((pause) => (
    <PauseAlert key={`${pause.kind} ${'since' in pause ? pause.since : ''}`} pause={pause} {...props} />
  ));
}

/** What had stopped the writing is gone. */
export function WentOn({ at }: { at: string }) {
  const t = useTranslations('health.pauses');
  const { short } = useTimes();
  return (
    <Alert tone="positive" title={t('normal')}>
      {t('wentOn', { when: short(at) })}
    </Alert>
  );
}

function PauseAlert({ pause, ...props }: PausesProps & { pause: Pause }) {
  const t = useTranslations('health.pauses');
  const sync = useTranslations('sync');
  const { short } = useTimes();
  switch (pause.kind) {
    case 'paused': {
      const when = pause.since ? short(pause.since) : '–';
      return (
        <Note
          tone="caution"
          title={pause.by ? t('pausedBy', { name: pause.by, when }) : t('paused')}
          text={t('pausedText')}
          action={
            props.onResume && (
              <Button size="medium" onPress={props.onResume} isBusy={props.isResuming}>
                {t('resume')}
              </Button>
            )
          }
        />
      );
    }
    case 'budget':
      return (
        <Note
          tone="caution"
          title={t('budget')}
          text={pause.freeAt ? t('budgetFree', { when: short(pause.freeAt) }) : t('budgetText')}
        />
      );
    case 'segment_gone':
      return (
        <Note
          tone="danger"
          title={t('segmentGone', { segment: pause.segment ?? '–' })}
          text={t('segmentGoneText')}
          action={<ToContacts href={props.contactsHref}>{t('chooseSegment')}</ToContacts>}
        />
      );
    case 'hold':
      return (
        <Note
          tone="danger"
          title={t('hold')}
          text={t('holdText', { when: short(pause.since) })}
          action={
            <ToContacts href={placeOf(pause, props.contactsHref)}>
              {t(`look.${isHoldCause(pause.cause) ? pause.cause : 'switch'}`)}
            </ToContacts>
          }
        />
      );
    case 'suspended':
      return (
        <Note
          tone="danger"
          title={t('suspended', { when: short(pause.since) })}
          text={sync(`reasons.${pause.reason}`, { reference: '' })}
          action={
            <>
              {props.onClear && (
                <Button size="medium" onPress={props.onClear} isBusy={props.isClearing}>
                  {t('clear')}
                </Button>
              )}
              <Link href={`/sync-activity/runs/${pause.runId}`} className="self-center font-medium">
                {t('seeRun')}
              </Link>
            </>
          }
        />
      );
  }
}

const holdCauses = ['switch', 'sides', 'deletions', 'creations', 'blanking'] as const;
const isHoldCause = (cause: string): cause is (typeof holdCauses)[number] =>
  holdCauses.some((each) => each === cause);

/** Where it is seen what has stopped the writing: by name, or the setting that it follows from. */
function placeOf({ cause, changeId }: Extract<Pause, { kind: 'hold' }>, contactsHref: string): string {
  if (changeId) return `${contactsHref}?change=${changeId}`;
  if (cause === 'sides') return '/contacts?view=left';
  return cause === 'blanking' ? `${contactsHref}/mappings` : contactsHref;
}

function Note(props: { tone: 'caution' | 'danger'; title: string; text: string; action?: ReactNode }) {
  return (
    <Alert tone={props.tone} title={props.title} {...(props.action ? { actions: props.action } : {})}>
      {props.text}
    </Alert>
  );
}

function ToContacts({ href, children }: { href: string; children: ReactNode }) {
  return (
    <ButtonLink variant="secondary" size="medium" href={href}>
      {children}
    </ButtonLink>
  );
}
