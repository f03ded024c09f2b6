'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { sessionQuery } from '#lib/auth/queries.ts';

const warnMs = 120_000;
const lookMs = 10_000;

/**
 * Opening a page prolongs the session. Two minutes before it ends under a page that stood open all the time, the person
 * is asked whether to stay (WCAG 2.2.1).
 */
export function SessionEnd() {
  const t = useTranslations('shell.sessionEnd');
  const common = useTranslations('common');
  const { data, refetch, isFetching, isError } = useQuery(sessionQuery());
  const [left, setLeft] = useState(Number.POSITIVE_INFINITY);
  const [dismissed, setDismissed] = useState<number | null>();
  const endsAt = data?.endsAt;
  useEffect(() => {
    if (endsAt === undefined) return;
    const look = () => setLeft(endsAt === null ? 0 : Math.max(endsAt - Date.now(), 0));
    look();
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [endsAt]);
  const isOver = left === 0;
  // Another window may have prolonged it.
  useEffect(() => {
    if (isOver && endsAt !== null) void refetch();
  }, [isOver, endsAt, refetch]);
  const isNear = left < warnMs && endsAt !== undefined && endsAt !== dismissed;
  return (
    <ConfirmModal
      isOpen={isNear}
      onClose={() => setDismissed(endsAt ?? null)}
      onConfirm={() => (isOver ? logIn() : void refetch())}
      title={isOver ? t('endedTitle') : t('title')}
      confirmLabel={isOver ? t('logIn') : t('stay')}
      busyLabel={t('staying')}
      isBusy={isFetching}
      cancelLabel={t('notNow')}
      closeLabel={common('close')}
    >
      <p>{isOver ? t('endedText') : t('text')}</p>
      {isError && (
        <p role="alert" className="mt-2 text-danger">
          {t('failed')}
        </p>
      )}
    </ConfirmModal>
  );
}

function logIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/login?next=${encodeURIComponent(pathname + search)}`);
}
