'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ChangeCard } from '#components/contacts/change-card.tsx';
import { ConflictCards } from '#components/contacts/conflict-cards.tsx';
import { CriteriaTree } from '#components/contacts/criteria-tree.tsx';
import { FieldsCard } from '#components/contacts/fields-card.tsx';
import { HistoryCard } from '#components/contacts/history-card.tsx';
import { LinkCard } from '#components/contacts/link-card.tsx';
import { useWhyWords } from '#components/contacts/use-why-words.ts';
import { VerdictCard } from '#components/contacts/verdict-card.tsx';
import { WhyChain } from '#components/contacts/why-chain.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonBlock, SkeletonTable } from '#components/ui/skeleton.tsx';
import { storedWhyQuery, whyQuery } from '#lib/insight/queries.ts';
import type { Why } from '#lib/insight/schemas.ts';
import { filterPartsQuery } from '#lib/segments/queries.ts';
import { UnknownContact } from './unknown-contact.tsx';
import { useContactSync } from './use-contact-sync.ts';
import { useDismiss } from './use-dismiss.ts';
import { useMisses } from './use-misses.ts';
import { downloadWhy, useCopy, WhyActions } from './why-actions.tsx';
import { WhyNotes } from './why-notes.tsx';

/** Why a contact syncs or not: what is stored at once, what both systems say as soon as they have answered. */
export function WhyPage({ id, isKnown }: { id: string; isKnown: boolean }) {
  const now = useQuery(whyQuery(id));
  const stored = useQuery({ ...storedWhyQuery(id), enabled: isKnown });
  const why = now.data ?? stored.data;
  const router = useRouter();
  const survivor = now.data?.mergedFrom ? now.data.id : null;
  useEffect(() => {
    if (survivor) router.replace(`/contacts/${survivor}?merged=${id}`);
  }, [survivor, id, router]);
  if (!why) {
    return <UnknownContact error={now.error} isLooking={now.isFetching} onLook={() => void now.refetch()} />;
  }
  return <Whole why={why} id={id} query={now} />;
}

type WhyQuery = {
  isFetching: boolean;
  isError: boolean;
  data: Why | undefined;
  refetch: () => Promise<unknown>;
};

function Whole({ why, id, query }: { why: Why; id: string; query: WhyQuery }) {
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const copy = useCopy();
  const sync = useContactSync(why);
  const parts = useQuery({ ...filterPartsQuery(), enabled: why.criteria !== null });
  // Names of properties and options come with an answer of their own; API names are shown only without it.
  const isNaming = why.criteria !== null && parts.isPending;
  const { conflicts, dismiss } = useDismiss(why);
  const misses = useMisses(why);
  const name = words.nameOf(why);
  const again = () => void query.refetch();
  const facts = [
    ...(why.email && why.email !== name ? [{ id: 'email', content: why.email }] : []),
    ...(why.company ? [{ id: 'company', content: why.company }] : []),
    ...(why.owner ? [{ id: 'owner', content: t('owner', { name: why.owner }) }] : []),
  ];
  const failed = ['failed', 'passing', 'address_held', 'automation_loop'].includes(why.verdict.kind);
  return (
    <>
      <PageHead
        isNarrow
        back={{ href: '/contacts', label: t('title') }}
        tile={<Avatar name={name} size={40} />}
        title={name}
        facts={facts}
        actions={<WhyActions why={why} sync={sync} />}
      />
      <PageBody
        top={<WhyNotes why={why} isError={query.isError} isFetching={query.isFetching} onRetry={again} />}
        aside={
          <>
            <ChangeCard why={why} parts={parts.data} isNaming={isNaming} misses={misses} />
            <LinkCard why={why} onCopy={copy} />
          </>
        }
      >
        <VerdictCard
          why={why}
          isChecking={query.isFetching}
          {...(failed && why.canEdit ? { onRetry: sync.start, isRetrying: sync.isBusy } : {})}
        />
        <ConflictCards conflicts={conflicts} onCopy={copy} {...(why.canEdit ? { onDismiss: dismiss } : {})} />
        <WhyChain why={why} isChecking={query.isFetching} onCheck={again}>
          <Criteria why={why} parts={parts.data} isNaming={isNaming} name={name} />
        </WhyChain>
      </PageBody>
      <div className="-mt-20 max-w-[1140px] px-10 pb-24 max-md:px-4">
        <div className="grid gap-4">
          <FieldsCard why={why}>
            {why.fields === null && query.isFetching && (
              <SkeletonTable label={t('fields.loading')} rows={6} columns={6} />
            )}
            {why.fields === null && !query.isFetching && (
              <div className="px-6 pb-5 max-md:px-4">
                <Alert
                  tone="caution"
                  title={t('silent', { app: t('fields.hubspot') })}
                  actions={
                    <Button size="medium" onPress={again}>
                      {t('retry')}
                    </Button>
                  }
                />
              </div>
            )}
          </FieldsCard>
          <HistoryCard why={why} onDownload={() => downloadWhy(why, id)} />
        </div>
      </div>
    </>
  );
}

/** The criteria stand open for who is outside, and wait behind a button for a member. */
function Criteria(props: {
  why: Why;
  parts: Parameters<typeof CriteriaTree>[0]['parts'];
  isNaming: boolean;
  name: string;
}) {
  const { why, parts, isNaming, name } = props;
  const t = useTranslations('contacts.criteria');
  const common = useTranslations('common');
  const isOutside = why.list?.isMember === false;
  const [isOpen, setOpen] = useState(false);
  if (!why.criteria || !why.list) return null;
  return (
    <>
      {why.disagrees && (
        <Alert tone="info" className="mt-2" title={t(isOutside ? 'disagreeOut' : 'disagreeIn', { name })} />
      )}
      {!isOutside && (
        <Button variant="link" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? t('hide') : t('show')}
        </Button>
      )}
      {(isOutside || isOpen) &&
        (isNaming ? (
          <Skeleton
            label={common('loading')}
            className="mt-2 grid gap-3 rounded-card border border-line-card p-4"
          >
            <SkeletonBlock className="h-5 w-24" />
            <SkeletonBlock className="h-5 w-3/4" />
            <SkeletonBlock className="h-5 w-1/2" />
          </Skeleton>
        ) : (
          <CriteriaTree groups={why.criteria} parts={parts} />
        ))}
    </>
  );
}
