'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { showToast } from '#components/ui/toast.tsx';
import { dismissConflictMutation } from '#lib/insight/queries.ts';
import { isConflictShown } from '#lib/insight/rules.ts';
import type { Why } from '#lib/insight/schemas.ts';

/** The conflicts that still stand above *Why*, and putting one away for everybody. */
export function useDismiss(why: Why) {
  const t = useTranslations('contacts.conflict');
  const [put, setPut] = useState<readonly string[]>([]);
  const dismiss = useMutation({
    ...dismissConflictMutation(why.id),
    onError: (error, id) => {
      setPut((former) => former.filter((each) => each !== id));
      showToast({ tone: 'danger', title: t('dismissFailed'), text: error.message });
    },
  });
  return {
    conflicts: why.conflicts.filter(
      (each) => isConflictShown(each, new Date(why.checkedAt)) && !put.includes(each.id),
    ),
    dismiss: (id: string) => {
      setPut((former) => [...former, id]);
      dismiss.mutate(id);
    },
  };
}
