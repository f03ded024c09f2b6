'use client';

import { useTranslations } from 'next-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Select } from '#components/ui/select.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { Role, UserView } from '#lib/auth/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';

export interface UsersTableProps {
  users: readonly UserView[];
  canEdit: boolean;
  /** Whose role is being saved. */
  busyId: string | null;
  onRole: (user: UserView, role: Role) => void;
  onRemove: (user: UserView) => void;
}

/** The people of the account, each with the role, which admins can change in place. */
export function UsersTable(props: UsersTableProps) {
  const t = useTranslations('people');
  return (
    <Table
      caption={t('caption')}
      columns={useColumns(props)}
      rows={props.users}
      rowKey={({ id }) => id}
      isTall
    />
  );
}

function useColumns({ canEdit, busyId, onRole, onRemove }: UsersTableProps): TableColumn<UserView>[] {
  const t = useTranslations('people');
  const columns: TableColumn<UserView>[] = [
    {
      id: 'name',
      header: t('name'),
      width: '38%',
      widths: { phone: '52%', tablet: 'auto' },
      isRowHeader: true,
      isWrapped: true,
      cell: (user) => (
        <>
          <Name user={user} />
          {canEdit && (
            <div className="pb-1.5 pl-9.5 md:hidden">
              <RemoveButton user={user} onRemove={onRemove} />
            </div>
          )}
        </>
      ),
    },
    {
      id: 'role',
      header: t('role'),
      width: '24%',
      widths: { tablet: '176px' },
      cell: (user) =>
        canEdit ? <RoleField user={user} isBusy={busyId === user.id} onRole={onRole} /> : t(user.role),
    },
    {
      id: 'login',
      header: t('lastLogin'),
      widths: { tablet: '156px' },
      hideBelow: 'md',
      cell: ({ lastLoginAt }) => <LastLogin at={lastLoginAt} />,
    },
  ];
  if (!canEdit) return columns;
  const remove: TableColumn<UserView> = {
    id: 'actions',
    header: t('actions'),
    width: '110px',
    align: 'end',
    hideBelow: 'md',
    cell: (user) => <RemoveButton user={user} onRemove={onRemove} />,
  };
  return [...columns, remove];
}

function RemoveButton({ user, onRemove }: { user: UserView; onRemove: UsersTableProps['onRemove'] }) {
  const t = useTranslations('people');
  // Who wants to leave logs out.
  if (user.isYou) return null;
  return (
    <Button variant="link" aria-label={t('removeOf', { name: user.name })} onPress={() => onRemove(user)}>
      {t('remove')}
    </Button>
  );
}

function Name({ user: { name, email, isYou, isSuperAdmin } }: { user: UserView }) {
  const t = useTranslations('people');
  return (
    <span className="flex min-w-0 items-center gap-2.5 py-1.5">
      <Avatar name={name} />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          {isYou && <Tag tone="info">{t('you')}</Tag>}
          {isSuperAdmin && <Tag className="h-auto! min-h-5 whitespace-normal!">{t('superAdmin')}</Tag>}
        </span>
        {email !== null && email !== name && (
          <span className="block break-words text-small text-text-subtle">{email}</span>
        )}
      </span>
    </span>
  );
}

function RoleField(props: { user: UserView; isBusy: boolean; onRole: UsersTableProps['onRole'] }) {
  const { user, isBusy, onRole } = props;
  const t = useTranslations('people');
  const roles = ['admin', 'viewer'] as const;
  return (
    <Select
      label={t('roleOf', { name: user.name })}
      isLabelHidden
      options={roles.map((id) => ({ id, label: t(id) }))}
      value={user.role}
      onChange={(role) => onRole(user, role)}
      isBusy={isBusy}
    />
  );
}

function LastLogin({ at }: { at: string | null }) {
  const t = useTranslations('people');
  const times = useTimes();
  if (at === null) return <span className="text-text-subtle">{t('never')}</span>;
  return <RelativeTime text={times.ago(at)} exact={times.exact(at)} dateTime={at} />;
}
