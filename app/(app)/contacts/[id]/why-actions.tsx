'use client';

import { ChevronDown, Download, ExternalLink, Link2, RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { showToast } from '#components/ui/toast.tsx';
import type { Why } from '#lib/insight/schemas.ts';
import type { useContactSync } from './use-contact-sync.ts';

/** *Sync now* and the menu; who may not change anything is told so. */
export function WhyActions({ why, sync }: { why: Why; sync: ReturnType<typeof useContactSync> }) {
  const t = useTranslations('contacts');
  const copy = useCopy();
  const open = (href: string | null | undefined) => () => {
    if (href) window.open(href, '_blank', 'noreferrer');
  };
  const items = [
    ...(why.hubspotUrl
      ? [{ id: 'hubspot', label: t('openHubspot'), icon: externalIcon, onAction: open(why.hubspotUrl) }]
      : []),
    ...(why.link?.url
      ? [{ id: 'salesforce', label: t('openSalesforce'), icon: externalIcon, onAction: open(why.link.url) }]
      : []),
    {
      id: 'copy',
      label: t('copyLink'),
      icon: <Link2 size={16} aria-hidden />,
      onAction: () => copy(`${window.location.origin}/contacts/${why.id}`),
    },
    {
      id: 'json',
      label: t('downloadJson'),
      icon: <Download size={16} aria-hidden />,
      onAction: () => downloadWhy(why, why.id),
    },
  ];
  return (
    <>
      {why.canEdit ? (
        <Button
          variant="tertiary"
          icon={<RefreshCw size={16} aria-hidden />}
          onPress={sync.start}
          isBusy={sync.isBusy}
          busyLabel={t('syncing')}
          {...(sync.reason ? { isDisabled: true, disabledReason: sync.reason } : {})}
        >
          {t('syncNow')}
        </Button>
      ) : (
        <p className="self-center text-small text-text-subtle">{t('adminsOnly')}</p>
      )}
      <Menu
        label={t('actions')}
        items={items}
        trigger={<Button iconAfter={<ChevronDown size={14} aria-hidden />}>{t('actions')}</Button>}
      />
    </>
  );
}

const externalIcon = <ExternalLink size={16} aria-hidden />;

/** Puts a text on the clipboard and says so. */
export function useCopy() {
  const t = useTranslations('contacts');
  return (text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => showToast({ tone: 'positive', title: t('copied') }),
      () => showToast({ tone: 'danger', title: t('copyFailed') }),
    );
  };
}

/** What the page shows, as a file. */
export function downloadWhy(why: Why, id: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(why, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `contact-${id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
