'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Mark } from '#components/shell/mark.tsx';
import { Alert, type AlertTone } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { startSignIn } from '#lib/auth/queries.ts';

export type LoginNotice = 'denied' | 'notAllowed' | 'failed' | 'ended';
const tones: Record<LoginNotice, AlertTone> = {
  denied: 'caution',
  notAllowed: 'danger',
  failed: 'danger',
  ended: 'info',
};

export function LoginCard(props: {
  target: string;
  host: string;
  notice: LoginNotice | null;
  isSimulated: boolean;
  footer: string;
}) {
  const { target, host, notice, isSimulated, footer } = props;
  const t = useTranslations('auth');
  const common = useTranslations('common');
  const [isOpening, setOpening] = useState(false);
  const [isUnreachable, setUnreachable] = useState(false);

  async function open() {
    setOpening(true);
    setUnreachable(false);
    try {
      window.location.assign(await startSignIn(target));
    } catch {
      setOpening(false);
      setUnreachable(true);
    }
  }

  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-6 overflow-auto bg-surface-recessed px-4 py-10">
      <p className="flex items-center gap-2.5 text-h2 font-semibold">
        <Mark size={32} />
        {common('appName')}
      </p>
      <div className="w-[420px] max-w-[calc(100vw-32px)] rounded-card border border-line-card bg-surface p-8 max-md:p-6">
        <h1 className="text-h1">{t('title')}</h1>
        <p className="mt-2 mb-5 text-text-subtle">{t('lead')}</p>
        {isUnreachable && (
          <div className="mb-4">
            <Alert tone="danger" role="alert">
              {t('unreachable')}
            </Alert>
          </div>
        )}
        {notice && !isUnreachable && (
          <div className="mb-4">
            <Alert tone={tones[notice]} role={tones[notice] === 'info' ? 'status' : 'alert'}>
              {t(notice, { host })}
            </Alert>
          </div>
        )}
        <Button
          variant="primary"
          isFullWidth
          autoFocus
          onPress={() => void open()}
          isBusy={isOpening}
          busyLabel={t('opening')}
        >
          {t('continue')}
        </Button>
        {isSimulated && (
          <div className="mt-4">
            <Alert tone="info">{t('simulated')}</Alert>
          </div>
        )}
      </div>
      <div className="w-[420px] max-w-[calc(100vw-32px)] text-center text-small text-text-subtle">
        <p>{footer}</p>
        <p className="mt-1">{common('disclaimer')}</p>
      </div>
    </main>
  );
}
