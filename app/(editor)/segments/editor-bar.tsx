'use client';

import { Check, ChevronDown, Ellipsis, Redo2, Trash2, Undo2, User } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { DraftState } from './use-draft.ts';

export function EditorTags({ isForSalesforce }: { isForSalesforce: boolean }) {
  const t = useTranslations('segments');
  return (
    <>
      <Tag tone="onShell">{t('tags.active')}</Tag>
      <Tag tone="onShell" icon={<User size={12} strokeWidth={2.25} aria-hidden />}>
        {t('tags.contacts')}
      </Tag>
      {isForSalesforce && <Tag tone="onShell">{t('editor.forSalesforce')}</Tag>}
    </>
  );
}

/** Whether the draft is kept. Announced, but only when it changes for good. */
export function DraftStatus({ state }: { state: DraftState }) {
  const t = useTranslations('segments.editor');
  const format = useFormatter();
  if (state.kind === 'none') return null;
  if (state.kind === 'saving') return <span>{t('draftSaving')}</span>;
  if (state.kind === 'retrying') return <span role="status">{t('draftRetry')}</span>;
  const time = format.dateTime(new Date(state.at), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (
    <span className="inline-flex items-center gap-1.5">
      <Check size={14} strokeWidth={2.25} aria-hidden />
      {t('draftSaved', { time })}
    </span>
  );
}

export function EditorActions(props: {
  canUndo: boolean;
  canRedo: boolean;
  isDirty: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onDiscard: () => void;
  onReview: () => void;
  blocked: string | undefined;
}) {
  const t = useTranslations('segments.editor');
  const { canUndo, canRedo, isDirty, blocked } = props;
  return (
    <>
      <Menu
        label={t('actions')}
        trigger={
          <Button
            variant="lineShell"
            className="h-9! max-md:px-2.5"
            aria-label={t('actions')}
            iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden className="max-md:hidden" />}
          >
            <span className="max-md:hidden">{t('actions')}</span>
            <Ellipsis size={18} aria-hidden className="md:hidden" />
          </Button>
        }
        items={[
          {
            id: 'undo',
            label: t('undo'),
            icon: <Undo2 size={16} />,
            isDisabled: !canUndo,
            onAction: props.onUndo,
          },
          {
            id: 'redo',
            label: t('redo'),
            icon: <Redo2 size={16} />,
            isDisabled: !canRedo,
            onAction: props.onRedo,
          },
          {
            id: 'discard',
            label: t('discard'),
            icon: <Trash2 size={16} />,
            isDangerous: true,
            isDisabled: !isDirty,
            onAction: props.onDiscard,
          },
        ]}
      />
      <Button
        variant="onShell"
        className="h-9! max-md:px-3.5"
        onPress={props.onReview}
        aria-label={t('review')}
        {...(blocked ? { isDisabled: true, disabledReason: blocked } : {})}
      >
        <span className="max-md:hidden">{t('review')}</span>
        <span className="md:hidden">{t('reviewShort')}</span>
      </Button>
    </>
  );
}
