'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Suspense, useState } from 'react';
import { switchPath } from '#components/connections/app-identity.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { lazyWhenIdle } from '#components/ui/lazy-when-idle.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { confirmHoldMutation, holdsQuery } from '#lib/insight/queries.ts';
import type { Hold } from '#lib/insight/schemas.ts';
import { type CriteriaEdit, useCriteriaEdit } from './use-criteria-edit.ts';
import { useEmptiedField } from './use-emptied-field.ts';

const ConfirmHold = lazyWhenIdle(() => import('./confirm-hold.tsx').then((file) => file.ConfirmHold));

/** On every tab: writing has stopped and waits for a person, and the way to look at it. */
export function HoldBanner() {
  const { data } = useQuery(holdsQuery());
  const [hold] = data?.holds ?? [];
  return hold && data ? <Held hold={hold} canConfirm={data.canConfirm} /> : null;
}

type Asked = 'all' | 'onlyLinks';

function Held({ hold, canConfirm }: { hold: Hold; canConfirm: boolean }) {
  const common = useTranslations('common');
  const [asked, setAsked] = useState<Asked | null>(null);
  const edit = useCriteriaEdit(hold);
  const field = useEmptiedField(hold);
  const say = useHoldSentence();
  if (field === null) return null;
  return (
    <Banner
      tone="danger"
      role="alert"
      action={<Actions hold={hold} edit={edit} canConfirm={canConfirm} onAsk={setAsked} />}
    >
      {say(hold, edit, field)} <Undoable hold={hold} />
      {!canConfirm && hold.cause !== 'switch' && ` ${common('adminOnly')}`}
      <Suspense>
        {asked && (
          <ConfirmHold
            hold={hold}
            isEdit={edit !== null}
            keepsContacts={asked === 'onlyLinks'}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </Banner>
  );
}

/** Which change has caused it, and that there is none where nothing can be taken back. */
function Undoable({ hold: { cause, undo } }: { hold: Hold }) {
  const t = useTranslations('switch.hold');
  const { short } = useTimes();
  if (cause !== 'creations' && cause !== 'blanking') return null;
  if (undo === null) return t('noUndo');
  const when = short(undo.at);
  return undo.by === null ? t('since', { when }) : t('sinceBy', { name: undo.by, when });
}

function useHoldSentence() {
  const t = useTranslations('switch.hold');
  const connections = useTranslations('connections');
  const { short } = useTimes();
  return ({ cause, counts, since }: Hold, edit: CriteriaEdit | null, field: string): string => {
    const [first] = counts;
    const count = first?.people ?? 0;
    switch (cause) {
      case 'switch':
        return t('banner', { count });
      case 'sides':
        return edit
          ? t('bannerEdit', { count, segment: edit.segment, name: edit.by })
          : t('bannerOther.sides', { count, when: short(since) });
      case 'deletions':
        return t('bannerOther.deletions', { count, when: short(since) });
      case 'creations': {
        const app = connections(first?.kind === 'created_hubspot' ? 'hubspot' : 'salesforce');
        return t('bannerOther.creations', { count, app });
      }
      case 'blanking':
        return t('bannerOther.blanking', { count, field });
    }
  };
}

function Actions(props: {
  hold: Hold;
  edit: CriteriaEdit | null;
  canConfirm: boolean;
  onAsk: (what: Asked) => void;
}) {
  const { hold, edit, canConfirm, onAsk } = props;
  const { cause, changeId } = hold;
  const t = useTranslations('switch.hold');
  if (cause === 'switch') {
    return changeId === null ? null : (
      <ButtonLink variant="secondary" size="medium" href={switchPath(changeId)}>
        {t('look')}
      </ButtonLink>
    );
  }
  if (!canConfirm) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="secondary" size="medium" onPress={() => onAsk('all')}>
        {edit ? t('actEdit') : t(`act.${cause}`)}
      </Button>
      {cause === 'deletions' && (
        <Button variant="secondary" size="medium" onPress={() => onAsk('onlyLinks')}>
          {t('onlyLinks')}
        </Button>
      )}
      {hold.undo && <UndoHold holdId={hold.id} />}
      {edit && (
        <ButtonLink variant="secondary" size="medium" href={`/segments/${edit.listId}?tab=history`}>
          {t('restoreCriteria')}
        </ButtonLink>
      )}
    </div>
  );
}

/** Takes the change back at once: nothing of it was written. */
function UndoHold({ holdId }: { holdId: string }) {
  const common = useTranslations('common');
  const limit = useTranslations('settings.limit');
  const { mutate, isPending } = useMutation({
    ...confirmHoldMutation('undo'),
    onSuccess: () => showToast({ tone: 'positive', title: limit('undoneToast') }),
    onError: (failure) => showToast({ tone: 'caution', title: failure.message }),
  });
  return (
    <Button
      variant="secondary"
      size="medium"
      icon={<Undo2 size={16} />}
      onPress={() => mutate(holdId)}
      isBusy={isPending}
    >
      {common('undo')}
    </Button>
  );
}
