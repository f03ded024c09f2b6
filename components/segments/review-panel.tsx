'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { RadioCards } from '#components/ui/radio-cards.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { TextField } from '#components/ui/text-field.tsx';

const nameLength = 100;
const descriptionLength = 300;

export type ReviewValues = {
  name: string;
  description: string;
  kind: 'active' | 'static';
  useAsInclusionList: boolean;
};

export interface ReviewPanelProps {
  isOpen: boolean;
  onClose: () => void;
  values: ReviewValues;
  onChange: (values: ReviewValues) => void;
  onSave: () => void;
  isSaving: boolean;
  filters: number;
  groups: number;
  /** Null: known only after processing. */
  estimate: number | null;
  /** Why the type cannot be chosen; without it both can. */
  typeLocked?: 'salesforce' | 'saved';
  /** `null`: the segment is the Inclusion List already; a name: what ticking the box replaces. */
  inclusionList: { replaces: string | null } | null;
  nameError?: string;
  /** Findings that are still open. */
  notes?: ReactNode;
  /** The filters cannot be saved as they are. */
  isBlocked?: boolean;
  /** What saving the present Inclusion List does, instead of a general word. */
  effect?: ReactNode;
  /** What went wrong with the save as a whole. */
  failure?: ReactNode;
}

/** The last look before a segment is saved: name, description, type, size, and its use. */
export function ReviewPanel(props: ReviewPanelProps) {
  const { isOpen, onClose, values, onChange, onSave, isSaving, inclusionList, failure } = props;
  const t = useTranslations('segments.save');
  const common = useTranslations('common');
  const set = (change: Partial<ReviewValues>) => onChange({ ...values, ...change });
  return (
    <SidePanel
      isOpen={isOpen}
      onClose={onClose}
      title={t('title')}
      closeLabel={common('close')}
      isBusy={isSaving}
      footer={
        <>
          <Button
            variant="primary"
            onPress={onSave}
            isBusy={isSaving}
            busyLabel={t('saving')}
            isDisabled={props.isBlocked ?? false}
          >
            {t('submit')}
          </Button>
          <Button variant="tertiary" onPress={onClose} isDisabled={isSaving}>
            {t('back')}
          </Button>
        </>
      }
    >
      <div className="grid gap-[18px]">
        {failure}
        <TextField
          label={t('name')}
          value={values.name}
          onChange={(name) => set({ name })}
          maxLength={nameLength}
          isRequired
          help={t('nameHelp')}
          counter={`${values.name.length}/${nameLength}`}
          error={props.nameError}
        />
        <TextField
          label={t('description')}
          labelNote={t('optional')}
          value={values.description}
          onChange={(description) => set({ description })}
          maxLength={descriptionLength}
          rows={3}
        />
        <TypeField {...props} onKind={(kind) => set({ kind })} />
        <Summary {...props} />
        {props.notes}
        {inclusionList ? (
          <Checkbox
            label={t('use')}
            description={
              inclusionList.replaces === null
                ? t('useFirst')
                : t('useReplaces', { name: inclusionList.replaces })
            }
            isSelected={values.useAsInclusionList && values.kind === 'active'}
            isDisabled={values.kind === 'static'}
            onChange={(useAsInclusionList) => set({ useAsInclusionList })}
          />
        ) : (
          (props.effect ?? (
            <Alert tone="caution" title={t('inUse')}>
              {t('inUseText')}
            </Alert>
          ))
        )}
      </div>
    </SidePanel>
  );
}

function TypeField({
  values,
  typeLocked,
  onKind,
}: ReviewPanelProps & { onKind: (kind: ReviewValues['kind']) => void }) {
  const t = useTranslations('segments.save');
  const staticText =
    typeLocked === 'salesforce'
      ? t('staticOff')
      : typeLocked === 'saved'
        ? t('staticFixed')
        : t('staticText');
  return (
    <RadioCards
      label={t('type')}
      value={values.kind}
      onChange={onKind}
      options={[
        { id: 'active', label: t('active'), description: t('activeText') },
        { id: 'static', label: t('static'), description: staticText, isDisabled: typeLocked !== undefined },
      ]}
    />
  );
}

function Summary({ filters, groups, estimate }: ReviewPanelProps) {
  const t = useTranslations('segments.save');
  const count = useTranslations('segments');
  return (
    <DefinitionList
      items={[
        { term: t('filters'), value: t('filtersValue', { filters, groups }) },
        {
          term: t('size'),
          value: estimate === null ? t('sizeUnknown') : count('count', { count: estimate }),
        },
        { term: t('processing'), value: t('processingValue') },
      ]}
    />
  );
}
