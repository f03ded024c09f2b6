'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FieldsStep } from '#components/mappings/fields-step.tsx';
import { fieldNames, type MappingRow } from '#components/mappings/mapping-rows.ts';
import { usePairWords } from '#components/mappings/use-pair-words.ts';
import { Button } from '#components/ui/button.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Stepper } from '#components/ui/stepper.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { createPropertyMutation, mappingFieldsQuery } from '#lib/mappings/queries.ts';
import type { MappingFields, MappingView, NewMapping } from '#lib/mappings/schemas.ts';
import { RuleSide } from './rule-side.tsx';
import { type MappingForm, useMappingForm } from './use-mapping-form.ts';
import { reasonOf, useSaveMapping } from './use-save-mapping.ts';

export interface MappingPanelProps {
  /** Null: a new one. */
  edited: MappingRow | null;
  fields: MappingFields;
  mappings: readonly MappingView[];
  labelOf: (hubspotProperty: string) => string;
  canEdit: boolean;
  onRetry: () => void;
  onClose: () => void;
  onSaved: (saved: NewMapping) => void;
}

/** Adds or changes a mapping in two steps: the fields, then the rule. */
export function MappingPanel(props: MappingPanelProps) {
  const { edited, fields, mappings, canEdit, onClose, onSaved } = props;
  const t = useTranslations('mappings.panel');
  const common = useTranslations('common');
  const form = useMappingForm(edited, fields, mappings);
  const [step, setStep] = useState<0 | 1>(edited ? 1 : 0);
  const { save, keepTheirs, problem, isSaving } = useSaveMapping(edited?.mapping.id ?? null, (_view, saved) =>
    onSaved(saved),
  );
  const chosen = chosenOf(form);
  const canRePoint = canEdit && !(edited?.mapping.isDefault ?? false);
  const canSave = canEdit && form.ownRule !== 'email';
  return (
    <SidePanel
      isOpen
      onClose={onClose}
      title={edited ? t('editTitle') : t('addTitle')}
      closeLabel={common('close')}
      isBusy={isSaving}
      footer={
        step === 0 ? (
          <>
            <Button
              variant="primary"
              onPress={() => setStep(1)}
              isDisabled={!form.canContinue || form.clash !== null}
            >
              {common('next')}
            </Button>
            <Button variant="tertiary" onPress={onClose}>
              {common('cancel')}
            </Button>
          </>
        ) : (
          <>
            {canSave && (
              <Button
                variant="primary"
                isBusy={isSaving}
                busyLabel={common('saving')}
                isDisabled={!chosen || !form.isChanged || form.clash !== null || problem?.kind === 'gone'}
                onPress={() => chosen && void save(chosen, edited?.mapping.version ?? 0)}
              >
                {t('save')}
              </Button>
            )}
            <Button variant="tertiary" onPress={() => (canRePoint ? setStep(0) : onClose())}>
              {canRePoint ? common('back') : canSave ? common('cancel') : common('close')}
            </Button>
          </>
        )
      }
    >
      {canRePoint && (
        <div className="mb-5 border-line border-b pb-4">
          <Stepper
            label={t('steps')}
            steps={[t('chooseFields'), t('chooseRule')]}
            current={step}
            doneLabel={t('done')}
          />
        </div>
      )}
      {step === 0 ? (
        <FieldsSide {...props} form={form} />
      ) : (
        <RuleSide
          form={form}
          edited={edited}
          fields={fields}
          canEdit={canEdit}
          clash={form.clash}
          labelOf={props.labelOf}
          problem={problem}
          onKeepTheirs={() => {
            keepTheirs();
            onClose();
          }}
          onUseMine={(theirs, mine) => void save(mine, theirs.version)}
        />
      )}
    </SidePanel>
  );
}

function chosenOf({ values }: MappingForm): NewMapping | null {
  const { hubspotProperty, leadField, contactField, rule } = values;
  if (hubspotProperty === null || (leadField === null && contactField === null)) return null;
  return { hubspotProperty, leadField, contactField, rule };
}

function FieldsSide(props: MappingPanelProps & { form: MappingForm }) {
  const { edited, fields, mappings, labelOf, onRetry, form } = props;
  const { values, set, pair, problem, clash } = form;
  const t = useTranslations('mappings');
  const words = usePairWords();
  const [isSplit, setSplit] = useState(
    values.leadField !== null && values.contactField !== null && values.leadField !== values.contactField,
  );
  const create = useCreateProperty((name) => set({ hubspotProperty: name }));
  const text =
    pair && problem
      ? words.problem(pair, problem)
      : clash &&
        words.taken({
          by: clash.by,
          name: labelOf(clash.mapping.hubspotProperty),
          fields: fieldNames(clash.mapping),
        });
  return (
    <FieldsStep
      fields={fields}
      ends={values}
      onEnds={set}
      isSplit={isSplit}
      onSplit={(split) => {
        setSplit(split);
        if (!split && values.leadField !== values.contactField) set({ leadField: null, contactField: null });
      }}
      others={mappings.filter(({ id }) => id !== edited?.mapping.id)}
      problem={create.error ? reasonOf(create.error, t('failed')) : text}
      onRetry={onRetry}
      onCreate={create.mutate}
      isCreating={create.isPending}
    />
  );
}

function useCreateProperty(onCreated: (name: string) => void) {
  const t = useTranslations('mappings.panel');
  const client = useQueryClient();
  return useMutation({
    ...createPropertyMutation(),
    onSuccess: (property) => {
      client.setQueryData(mappingFieldsQuery().queryKey, (former) =>
        former ? { ...former, properties: [...(former.properties ?? []), property] } : former,
      );
      showToast({ tone: 'positive', title: t('created', { name: property.label }) });
      onCreated(property.name);
    },
  });
}
