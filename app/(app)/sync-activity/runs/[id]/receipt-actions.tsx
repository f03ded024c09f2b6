'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown, Download, Link2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { showToast } from '#components/ui/toast.tsx';
import type { Receipt } from '#lib/insight/schemas.ts';
import { resumeRunMutation, stopRunMutation } from '#lib/sync/queries.ts';
import { isActive } from '#lib/sync/rules.ts';

/** Stop or resume, download, copy the address. */
export function ReceiptActions({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      showToast({ tone: 'positive', title: t('copied'), text: t('copiedText') });
    } catch {
      showToast({ tone: 'danger', title: t('copyFailed') });
    }
  };
  return (
    <div className="flex flex-wrap gap-2 max-md:w-full max-md:*:flex-1 print:hidden">
      {receipt.canControl && isActive(receipt) && <Stop receipt={receipt} />}
      {receipt.canControl && receipt.status === 'STOPPED' && receipt.kind === 'RESYNC' && (
        <Resume receipt={receipt} />
      )}
      <Menu
        label={t('download')}
        items={[
          { id: 'json', label: t('downloadJson'), onAction: () => save(receipt) },
          { id: 'print', label: t('print'), onAction: () => window.print() },
        ]}
        trigger={
          <Button
            variant="tertiary"
            icon={<Download size={16} aria-hidden />}
            iconAfter={<ChevronDown size={14} aria-hidden />}
          >
            {t('download')}
          </Button>
        }
      />
      <Button icon={<Link2 size={16} aria-hidden />} onPress={() => void copy()}>
        {t('copy')}
      </Button>
    </div>
  );
}

function Stop({ receipt }: { receipt: Receipt }) {
  const sync = useTranslations('sync');
  const common = useTranslations('common');
  const format = useFormatter();
  const [isAsking, setAsking] = useState(false);
  const stop = useMutation({
    ...stopRunMutation(),
    onSuccess: () => setAsking(false),
    onError: (error) => {
      setAsking(false);
      showToast({ tone: 'danger', title: sync('stopFailed'), text: error.message });
    },
  });
  const isStopping = receipt.status === 'STOPPING';
  return (
    <>
      <Button onPress={() => setAsking(true)} isDisabled={isStopping}>
        {isStopping ? sync('stopping') : sync('stop')}
      </Button>
      <ConfirmModal
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => stop.mutate(receipt.id)}
        title={sync('stopTitle')}
        confirmLabel={sync('stop')}
        busyLabel={sync('stopping')}
        cancelLabel={sync('goOn')}
        closeLabel={common('close')}
        isBusy={stop.isPending}
      >
        {sync('stopText', { done: receipt.processed, number: format.number(receipt.processed) })}
      </ConfirmModal>
    </>
  );
}

function Resume({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('receipt');
  const resume = useMutation({
    ...resumeRunMutation(),
    onError: (error) => showToast({ tone: 'danger', title: t('resumeFailed'), text: error.message }),
  });
  return (
    <Button onPress={() => resume.mutate(receipt.id)} isBusy={resume.isPending}>
      {t('resume')}
    </Button>
  );
}

/** The receipt as the API tells it, as a file. */
function save(receipt: Receipt): void {
  const blob = new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `run-${receipt.number}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
