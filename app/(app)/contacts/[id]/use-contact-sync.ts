'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useWhyWords } from '#components/contacts/use-why-words.ts';
import { showToast } from '#components/ui/toast.tsx';
import { syncContactMutation } from '#lib/insight/queries.ts';
import type { Why } from '#lib/insight/schemas.ts';

const impossible = ['paused', 'budget', 'deleted', 'deleted_here', 'erased'];

/** *Sync now*: waits for what becomes of it, then the page reads anew. */
export function useContactSync(why: Why) {
  const t = useTranslations('contacts');
  const words = useWhyWords();
  const name = words.nameOf(why);
  const sync = useMutation({
    ...syncContactMutation(why.id),
    onSuccess: ({ outcome }) => {
      if (!outcome) return showToast({ tone: 'info', title: t('syncWaits', { name }) });
      if (outcome.result === 'FAILED') return showToast({ tone: 'danger', title: t('syncFailed', { name }) });
      if (outcome.reason === 'not_in_segment') return showToast({ tone: 'info', title: t('syncOutside') });
      const isWritten = outcome.result === 'CREATED' || outcome.result === 'UPDATED';
      showToast({ tone: 'positive', title: isWritten ? t('syncDone', { name }) : t('syncNothing') });
    },
    onError: (error) => showToast({ tone: 'danger', title: t('syncFailed', { name }), text: error.message }),
  });
  const { kind } = why.verdict;
  return {
    start: () => sync.mutate(),
    isBusy: sync.isPending,
    /** Why it cannot be asked for just now. */
    reason: impossible.includes(kind) ? words.sentence(why) : null,
  };
}
