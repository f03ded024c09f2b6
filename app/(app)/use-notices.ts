'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { healthPath, settingsPaths } from '#components/connections/app-identity.ts';
import type { NotificationsProps } from '#components/shell/notifications-button.tsx';
import type { Tone } from '#components/ui/tone.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { noticesQuery, readNoticesMutation } from '#lib/insight/queries.ts';
import type { Notice } from '#lib/insight/schemas.ts';
import { runReasons } from '#lib/sync/rules.ts';

const tones = {
  run_ended: 'positive',
  run_broken_off: 'danger',
  run_waits: 'caution',
  new_errors: 'danger',
  paused: 'caution',
  resumed: 'positive',
  writing_stopped: 'danger',
  writing_went_on: 'positive',
  connection_expired: 'danger',
} as const satisfies Record<string, Tone>;
type Kind = keyof typeof tones;
const isKind = (kind: string): kind is Kind => Object.hasOwn(tones, kind);

/** The bell: news in words, newest first; opening it marks them as read. */
export function useNotices(): NotificationsProps {
  const t = useTranslations('notices');
  const sentence = useSentence();
  const { ago } = useTimes();
  const { data } = useQuery(noticesQuery());
  const { mutate: markRead } = useMutation(readNoticesMutation());
  const notices = data?.notices ?? [];
  const unread = data?.unread ?? 0;
  const newest = notices[0]?.at;
  return {
    buttonLabel: unread === 0 ? t('title') : t('button', { title: t('title'), count: unread }),
    title: t('title'),
    hasUnread: unread > 0,
    emptyText: t('none'),
    items: notices.map((notice) => ({
      id: notice.id,
      tone: toneOf(notice),
      title: sentence(notice),
      time: ago(notice.at),
      href: hrefOf(notice),
      isUnread: notice.isUnread,
    })),
    onOpen: () => {
      if (unread > 0 && newest) markRead(newest);
    },
  };
}

function useSentence() {
  const t = useTranslations('notices');
  const sync = useTranslations('sync');
  return ({ kind, data }: Notice): string => {
    if (!isKind(kind)) return t('other');
    const reason = runReasons.find((each) => each === data.reason);
    return t(`kind.${kind}`, {
      ...data,
      reason: reason ? sync(`reasons.${reason}`, { reference: '–' }) : '',
    });
  };
}

function toneOf({ kind, data }: Notice): Tone {
  if (!isKind(kind)) return 'info';
  return kind === 'run_ended' && Number(data.failed) > 0 ? 'caution' : tones[kind];
}

function hrefOf({ kind, data }: Notice): string {
  if (typeof data.runId === 'string') return `/sync-activity/runs/${data.runId}`;
  return kind === 'writing_stopped' ? settingsPaths.salesforce : healthPath;
}
