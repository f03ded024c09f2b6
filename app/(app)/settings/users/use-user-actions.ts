'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { showToast } from '#components/ui/toast.tsx';
import { auditKey } from '#lib/activity/queries.ts';
import { changeRoleMutation, removeUserMutation, usersQuery } from '#lib/auth/queries.ts';
import type { Role, Users, UserView } from '#lib/auth/schemas.ts';
import { ApiError } from '#lib/core/api-client.ts';

/** Changing roles at once, removing after a question; giving up one's own role asks too. */
export function useUserActions() {
  const t = useTranslations('people');
  const client = useQueryClient();
  const router = useRouter();
  const [leaving, setLeaving] = useState<UserView | null>(null);
  const [removing, setRemoving] = useState<UserView | null>(null);
  const cancel = () => {
    setLeaving(null);
    setRemoving(null);
  };
  const settle = (users: Users, title: string) => {
    client.setQueryData(usersQuery().queryKey, users);
    void client.invalidateQueries({ queryKey: auditKey });
    cancel();
    showToast({ tone: 'positive', title });
  };
  const fail = (error: Error) => {
    cancel();
    const text = error instanceof ApiError ? { text: error.message } : {};
    showToast({ tone: 'danger', title: t('failed'), ...text });
  };
  const role = useMutation({ ...changeRoleMutation(), onError: fail });
  const removal = useMutation({ ...removeUserMutation(), onError: fail });

  const change = (user: UserView, wanted: Role) =>
    role.mutate(
      { id: user.id, role: wanted },
      {
        onSuccess: (users) => {
          settle(users, t('changed', { name: user.name, role: t(wanted) }));
          // Other pages were rendered for the former role.
          if (user.isYou) router.refresh();
        },
      },
    );

  return {
    leaving,
    removing,
    cancel,
    isBusy: role.isPending || removal.isPending,
    busyId: role.isPending ? role.variables.id : null,
    askRole: (user: UserView, wanted: Role) => {
      if (user.isYou && wanted === 'viewer') setLeaving(user);
      else change(user, wanted);
    },
    giveUpRole: () => {
      if (leaving) change(leaving, 'viewer');
    },
    askRemoval: setRemoving,
    remove: () => {
      if (!removing) return;
      const { id, name } = removing;
      removal.mutate(id, { onSuccess: (users) => settle(users, t('removed', { name })) });
    },
  };
}
