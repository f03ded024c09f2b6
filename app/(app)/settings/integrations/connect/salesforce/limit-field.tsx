'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useSegmentOptions } from '#app/(app)/settings/shared/use-segment-options.ts';
import { InclusionListMenu } from '#components/contact-sync/inclusion-list-menu.tsx';
import type { Choices } from './use-choices.ts';

const newSegment = '/segments/new?object=contact&for=salesforce';

/** Which contacts sync at all: the same menu as on the Contacts tab, kept until the last step. */
export function LimitField({ choices }: { choices: Choices }) {
  const t = useTranslations('connections.wizard');
  const settings = useTranslations('settings.limit');
  const router = useRouter();
  const menu = useSegmentOptions();
  const { view, limit, setLimit } = choices;
  const isGone = limit.listId !== null && limit.listId === view.segment?.listId;
  const gone =
    isGone && view.segment?.state === 'deleted'
      ? settings('deleted')
      : isGone && view.segment?.state === 'static'
        ? settings('static')
        : undefined;
  return (
    <>
      <InclusionListMenu
        selectedId={limit.listId}
        selectedName={limit.name}
        options={menu.options}
        staticMatches={menu.staticMatches}
        query={menu.query}
        status={menu.status}
        copy={menu.copy}
        {...(menu.loadMore ? { loadMore: menu.loadMore } : {})}
        onQuery={menu.setQuery}
        onOpenChange={menu.setOpen}
        onRetry={menu.retry}
        onChoose={(listId, name) => {
          const size = menu.options.find((option) => option.listId === listId)?.size ?? null;
          setLimit({ listId, name, size });
        }}
        onCreate={(name) => router.push(name ? `${newSegment}&name=${encodeURIComponent(name)}` : newSegment)}
        isBusy={false}
        error={gone}
        labelExtra={null}
      />
      {!gone && (
        <p className="mt-2 text-small text-text-subtle tabular-nums">
          {limit.listId === null
            ? view.contactCount === null
              ? t('pickSegment')
              : t('canSync', { count: view.contactCount })
            : limit.size === null
              ? t('onlyMembers')
              : t('onlyThese', { count: limit.size })}
        </p>
      )}
    </>
  );
}
