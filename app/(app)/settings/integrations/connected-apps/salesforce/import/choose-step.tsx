'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { importPath } from '#components/connections/app-identity.ts';
import { ChooseFields } from '#components/imports/choose-fields.tsx';
import { ImportFrame } from '#components/imports/import-frame.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import { countImportMutation, importOptionsQuery, importQuery } from '#lib/imports/queries.ts';
import type { ImportOptions } from '#lib/imports/schemas.ts';
import { useChoice } from './use-choice.ts';

/** Step 1: which records. */
export function ChooseStep({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations('imports');
  const common = useTranslations('common');
  const options = useQuery(importOptionsQuery());
  const choice = useChoice();
  const client = useQueryClient();
  const router = useRouter();
  const count = useMutation({
    ...countImportMutation(),
    onSuccess: (view) => {
      client.setQueryData(importQuery(view.id).queryKey, view);
      router.push(`${importPath}/${view.id}`);
    },
  });
  const { data, error } = options;
  const reason = data && !data.isConnected ? t('choose.notConnected') : choice.problem;
  return (
    <ImportFrame
      step="choose"
      title={t('choose.title')}
      notice={<Notices data={data} failure={error?.message ?? null} onRetry={() => void options.refetch()} />}
      footer={
        isAdmin ? (
          <Button
            variant="primary"
            isBusy={count.isPending || count.isSuccess}
            busyLabel={t('choose.counting')}
            onPress={() => choice.request && count.mutate(choice.request)}
            {...(reason || !data ? { isDisabled: true, disabledReason: reason ?? t('choose.loading') } : {})}
          >
            {t('choose.count')}
          </Button>
        ) : (
          <p className="text-text-subtle">{common('adminOnly')}</p>
        )
      }
    >
      {data ? (
        <ChooseFields options={data} choice={choice} isDisabled={!data.isConnected || !isAdmin} />
      ) : (
        !error && (
          <Skeleton label={t('choose.loading')} className="grid gap-4">
            <SkeletonBlock className="h-16" />
            <SkeletonBlock className="h-40" />
          </Skeleton>
        )
      )}
      {count.error && (
        <Alert tone="danger" role="alert" className="mt-4">
          {count.error.message}
        </Alert>
      )}
    </ImportFrame>
  );
}

type NoticesProps = { data: ImportOptions | undefined; failure: string | null; onRetry: () => void };

function Notices({ data, failure, onRetry }: NoticesProps) {
  const t = useTranslations('imports.choose');
  const common = useTranslations('common');
  if (failure !== null) {
    return (
      <RetryAlert title={t('loadFailed')} retryLabel={common('tryAgain')} onRetry={onRetry}>
        {failure}
      </RetryAlert>
    );
  }
  if (!data?.active) return null;
  return (
    <Alert
      tone="info"
      actions={
        <ButtonLink href={`${importPath}/${data.active.id}`} variant="secondary" size="medium">
          {t('show')}
        </ButtonLink>
      }
    >
      {t('active', { count: data.active.total })}
    </Alert>
  );
}
