'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { UsersTable } from '#components/people/users-table.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { usersQuery } from '#lib/auth/queries.ts';
import { useUserActions } from './use-user-actions.ts';

/** Who may change settings, and who may look. */
export function UsersPage() {
  const { data } = useSuspenseQuery(usersQuery());
  const t = useTranslations('people');
  const common = useTranslations('common');
  const actions = useUserActions();
  return (
    <>
      <PageHead title={t('title')} description={t('lead')} />
      <PageBody>
        <Alert tone="info">{t('note')}</Alert>
        {!data.canEdit && <p className="text-text-subtle">{common('adminOnly')}</p>}
        <UsersTable
          users={data.users}
          canEdit={data.canEdit}
          busyId={actions.busyId}
          onRole={actions.askRole}
          onRemove={actions.askRemoval}
        />
      </PageBody>
      <ConfirmModal
        isOpen={actions.leaving !== null}
        onClose={actions.cancel}
        onConfirm={actions.giveUpRole}
        title={t('myselfTitle')}
        confirmLabel={t('myselfConfirm')}
        busyLabel={common('saving')}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        isBusy={actions.isBusy}
        isDangerous
      >
        {t('myselfText')}
      </ConfirmModal>
      <ConfirmModal
        isOpen={actions.removing !== null}
        onClose={actions.cancel}
        onConfirm={actions.remove}
        title={t('removeTitle', { name: actions.removing?.name ?? '' })}
        confirmLabel={t('remove')}
        busyLabel={t('removing')}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        isBusy={actions.isBusy}
        isDangerous
      >
        {t('removeText')}
      </ConfirmModal>
    </>
  );
}
