'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { fieldNames, type MappingRow } from '#components/mappings/mapping-rows.ts';
import type { PreviewState } from '#components/mappings/preview-area.tsx';
import { type EndWords, RuleStep } from '#components/mappings/rule-step.tsx';
import { usePairWords } from '#components/mappings/use-pair-words.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { mappingPreviewQuery } from '#lib/mappings/queries.ts';
import { directionsOf, type Pair, pairProblem } from '#lib/mappings/rules.ts';
import type { MappingFields, MappingView, NewMapping } from '#lib/mappings/schemas.ts';
import type { MappingForm } from './use-mapping-form.ts';
import { reasonOf, type SaveProblem } from './use-save-mapping.ts';

export interface RuleSideProps {
  form: MappingForm;
  edited: MappingRow | null;
  fields: MappingFields;
  canEdit: boolean;
  clash: MappingForm['clash'];
  labelOf: (hubspotProperty: string) => string;
  problem: SaveProblem | null;
  onKeepTheirs: () => void;
  onUseMine: (theirs: MappingView, mine: NewMapping) => void;
}

/** The second step with everything it needs to know: words of both ends, refused rules, the preview. */
export function RuleSide(props: RuleSideProps) {
  const { form, edited, canEdit } = props;
  const { values, pair, ownRule } = form;
  const t = useTranslations('mappings');
  const { short } = useTimes();
  const preview = usePreview(form, edited);
  const { changedBy, changedAt } = edited?.mapping ?? { changedBy: null, changedAt: null };
  return (
    <RuleStep
      property={usePropertyWords(form)}
      field={useFieldWords(form)}
      ownRule={ownRule}
      rule={values.rule}
      onRule={(rule) => form.set({ rule })}
      refusals={useRefusals(pair, edited)}
      oneWay={useOneWay(pair, ownRule !== null)}
      required={requiredOf(pair)}
      preview={preview}
      isReadOnly={!canEdit}
      news={<News {...props} />}
      changed={
        changedBy && changedAt ? t('panel.changed', { name: changedBy, when: short(changedAt) }) : null
      }
    />
  );
}

function usePropertyWords({ pair, values }: MappingForm): EndWords {
  const t = useTranslations('mappings');
  const name = values.hubspotProperty ?? '';
  if (!pair) return { label: name, name, kind: t('statuses.absent') };
  return { label: pair.property.label, name, kind: t(`propertyKinds.${pair.property.kind}`) };
}

function useFieldWords({ pair, values }: MappingForm): EndWords {
  const t = useTranslations('mappings');
  const { leadField, contactField } = values;
  const name = fieldNames(values);
  const label =
    leadField === contactField ? (leadField ?? '') : [leadField, contactField].filter(Boolean).join(', ');
  const field = pair?.lead ?? pair?.contact;
  if (!field) return { label, name, kind: t('statuses.absent') };
  const where = leadField && contactField ? 'onBoth' : leadField ? 'onLead' : 'onContact';
  return { label, name, kind: `${t(`fieldKinds.${field.kind}`)} · ${t(`panel.${where}`)}` };
}

/** Default mappings are exempt; otherwise a rule by which nothing could pass can't be chosen. */
function useRefusals(pair: Pair | null, edited: MappingRow | null) {
  const t = useTranslations('mappings.problems');
  if (!pair || edited?.mapping.isDefault || !pairProblem(pair, 'ALWAYS_SALESFORCE')) return {};
  return { ALWAYS_SALESFORCE: t('nothing_passes_rule', { property: pair.property.label }) };
}

function useOneWay(pair: Pair | null, hasOwnRule: boolean): string | null {
  const t = useTranslations('mappings.panel');
  if (!pair || hasOwnRule) return null;
  const { toHubspot, toSalesforce } = directionsOf(pair);
  if (toHubspot === toSalesforce) return null;
  const fields = [pair.lead, pair.contact].filter((each) => each !== null);
  const isWritable = toHubspot ? fields.some(({ writable }) => writable) : pair.property.writable;
  const words = { field: fields[0]?.label ?? '', property: pair.property.label };
  return t(`${isWritable ? 'uniqueWay' : 'oneWay'}.${toHubspot ? 'TO_HUBSPOT' : 'TO_SALESFORCE'}`, words);
}

function requiredOf(pair: Pair | null): string | null {
  const names = [
    pair?.lead?.required && `Lead.${pair.lead.name}`,
    pair?.contact?.required && `Contact.${pair.contact.name}`,
  ].filter(Boolean);
  return names.join(', ') || null;
}

function usePreview({ values, pair, ownRule }: MappingForm, edited: MappingRow | null): PreviewState {
  const t = useTranslations('mappings');
  const { hubspotProperty, leadField, contactField } = values;
  const { data, error } = useQuery({
    ...mappingPreviewQuery({
      hubspotProperty: hubspotProperty ?? '',
      leadField,
      contactField,
      mappingId: edited?.mapping.id ?? null,
    }),
    enabled: pair !== null && ownRule === null,
  });
  if (data) return { kind: 'ready', preview: data };
  if (error) return { kind: 'failed', reason: reasonOf(error, '') };
  return pair ? { kind: 'loading' } : { kind: 'failed', reason: t('absentHint') };
}

function News({ problem, clash, labelOf, onKeepTheirs, onUseMine }: RuleSideProps) {
  const t = useTranslations('mappings');
  const words = usePairWords();
  if (clash) {
    const name = labelOf(clash.mapping.hubspotProperty);
    return (
      <Alert tone="caution" role="alert">
        {words.taken({ by: clash.by, name, fields: fieldNames(clash.mapping) })}
      </Alert>
    );
  }
  switch (problem?.kind) {
    case undefined:
      return null;
    case 'failed':
      return (
        <Alert tone="danger" role="alert" title={t('failed')}>
          {problem.reason !== t('failed') && problem.reason}
        </Alert>
      );
    case 'gone':
      return (
        <Alert
          tone="caution"
          role="alert"
          actions={
            <Button size="medium" onPress={onKeepTheirs}>
              {t('panel.keepTheirs')}
            </Button>
          }
        >
          {t('panel.gone')}
        </Alert>
      );
    case 'conflict': {
      const { theirs, mine } = problem;
      return (
        <Alert
          tone="caution"
          role="alert"
          actions={
            <>
              <Button size="medium" onPress={onKeepTheirs}>
                {t('panel.keepTheirs')}
              </Button>
              <Button size="medium" onPress={() => onUseMine(theirs, mine)}>
                {t('panel.useMine')}
              </Button>
            </>
          }
        >
          {t('panel.conflict', {
            name: theirs.changedBy ?? '',
            rule: `${fieldNames(theirs)}, ${t(`rules.${theirs.rule}`)}`,
          })}
        </Alert>
      );
    }
  }
}
