'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import type { PropertyChoice } from '#lib/mappings/rules.ts';
import type { MappingFields, MappingView, NewPropertyRequest } from '#lib/mappings/schemas.ts';
import { ChoiceField } from './choice-field.tsx';
import { byFit, entriesOf, entriesOfOne, type FieldEntry, propertiesByFit } from './field-choices.ts';

export type Ends = { hubspotProperty: string | null; leadField: string | null; contactField: string | null };

export interface FieldsStepProps {
  fields: MappingFields;
  ends: Ends;
  onEnds: (ends: Partial<Ends>) => void;
  /** Leads and contacts have a field of their own each. */
  isSplit: boolean;
  onSplit: (isSplit: boolean) => void;
  /** The other mappings: what they hold is marked. */
  others: readonly MappingView[];
  /** Why this pair can't be. */
  problem: ReactNode;
  onRetry: () => void;
  onCreate: (field: NewPropertyRequest) => void;
  isCreating: boolean;
}

/** First step of a mapping: the HubSpot property and the Salesforce field, or one for each object. */
export function FieldsStep(props: FieldsStepProps) {
  const { fields, ends, onEnds, isSplit, onSplit, problem, onRetry, onCreate, isCreating } = props;
  const t = useTranslations('mappings');
  const known = fields.fields ?? { lead: [], contact: [] };
  const property = fields.properties?.find(({ name }) => name === ends.hubspotProperty) ?? null;
  const lead = known.lead.find(({ name }) => name === ends.leadField) ?? null;
  const contact = known.contact.find(({ name }) => name === ends.contactField) ?? null;
  const field = lead ?? contact;
  return (
    <div className="grid gap-5">
      {problem && (
        <Alert tone="caution" role="alert">
          {problem}
        </Alert>
      )}
      <PropertyField
        {...props}
        property={property}
        chosen={[lead, contact].filter((each) => each !== null)}
      />
      {isSplit ? (
        <>
          <OneObject {...props} object="lead" property={property} />
          <OneObject {...props} object="contact" property={property} />
        </>
      ) : (
        <SalesforceField
          {...props}
          label={t('field')}
          property={property}
          entries={fields.fields ? entriesOf(fields.fields) : []}
          selected={(each) => each.leadField === ends.leadField && each.contactField === ends.contactField}
          onSelect={({ leadField, contactField }) => onEnds({ leadField, contactField })}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-small">
        <Button variant="link" onPress={() => onSplit(!isSplit)}>
          {isSplit ? t('panel.join') : t('panel.split')}
        </Button>
      </div>
      {field && !property ? (
        <div>
          <Button
            size="medium"
            isBusy={isCreating}
            busyLabel={t('panel.creating')}
            onPress={() => onCreate({ object: lead ? 'Lead' : 'Contact', field: field.name })}
          >
            {t('panel.create', { field: field.label })}
          </Button>
        </div>
      ) : (
        !property && <p className="text-small text-text-subtle">{t('panel.createHint')}</p>
      )}
      {fields.properties === null && <Silent text={t('hubspotSilent')} onRetry={onRetry} />}
      {fields.fields === null && <Silent text={t('salesforceSilent')} onRetry={onRetry} />}
    </div>
  );
}

function Silent({ text, onRetry }: { text: string; onRetry: () => void }) {
  const common = useTranslations('common');
  return (
    <RetryAlert isQuiet retryLabel={common('tryAgain')} onRetry={onRetry}>
      {text}
    </RetryAlert>
  );
}

function PropertyField(
  props: FieldsStepProps & {
    property: PropertyChoice | null;
    chosen: Parameters<typeof propertiesByFit>[1];
  },
) {
  const { fields, onEnds, others, property, chosen, onRetry } = props;
  const t = useTranslations('mappings');
  const { fitting, others: unfit } = propertiesByFit(fields.properties ?? [], chosen);
  const isMapped = (name: string) =>
    others.some(({ hubspotProperty, rule }) => rule !== 'DONT_SYNC' && hubspotProperty === name);
  const option = ({ name, label, kind, writable }: PropertyChoice) => ({
    id: name,
    label,
    details: [t(`propertyKinds.${kind}`), name],
    ...tagOf(t, isMapped(name), writable),
  });
  return (
    <ChoiceField
      label={t('property')}
      dialogLabel={t('panel.chooseProperty')}
      searchLabel={t('panel.searchProperty')}
      valueText={property?.label ?? null}
      selectedId={property?.name ?? null}
      sections={[
        { id: 'fitting', title: t('panel.propertiesFitting'), options: fitting.map(option) },
        { id: 'others', title: t('panel.propertiesOthers'), options: unfit.map(option) },
      ]}
      onSelect={(name) => onEnds({ hubspotProperty: name })}
      hasFailed={fields.properties === null}
      onRetry={onRetry}
    />
  );
}

const noneId = 'none';

function OneObject(props: FieldsStepProps & { object: 'lead' | 'contact'; property: PropertyChoice | null }) {
  const { fields, ends, onEnds, object } = props;
  const t = useTranslations('mappings.panel');
  const key = object === 'lead' ? 'leadField' : 'contactField';
  return (
    <SalesforceField
      {...props}
      label={t(key)}
      entries={fields.fields ? entriesOfOne(fields.fields, object) : []}
      selected={(each) => each[key] === ends[key]}
      onSelect={(each) => onEnds({ [key]: each[key] })}
      onNone={() => onEnds({ [key]: null })}
    />
  );
}

function SalesforceField(
  props: FieldsStepProps & {
    label: string;
    property: PropertyChoice | null;
    entries: readonly FieldEntry[];
    selected: (entry: FieldEntry) => boolean;
    onSelect: (entry: FieldEntry) => void;
    onNone?: () => void;
  },
) {
  const { fields, label, property, entries, selected, onSelect, onNone, others, onRetry } = props;
  const t = useTranslations('mappings');
  const { fitting, others: unfit } = byFit(entries, property);
  const chosen = entries.find(selected) ?? null;
  const isMapped = ({ leadField, contactField }: FieldEntry) =>
    others.some(
      (other) =>
        other.rule !== 'DONT_SYNC' &&
        ((leadField !== null && other.leadField === leadField) ||
          (contactField !== null && other.contactField === contactField)),
    );
  const option = (each: FieldEntry) => ({
    id: each.id,
    label: each.label,
    details: [t(`fieldKinds.${each.kind}`), each.name, onNone ? '' : where(each)].filter(Boolean),
    ...tagOf(t, isMapped(each), each.writable),
  });
  const where = ({ leadField, contactField }: FieldEntry) =>
    leadField && contactField ? t('panel.onBoth') : t(leadField ? 'panel.onLead' : 'panel.onContact');
  const none = { id: noneId, label: t('panel.none') };
  return (
    <ChoiceField
      label={label}
      dialogLabel={t('panel.chooseField')}
      searchLabel={t('panel.searchField')}
      valueText={chosen ? `${chosen.label} (${chosen.name})` : onNone ? none.label : null}
      selectedId={chosen?.id ?? (onNone ? noneId : null)}
      sections={[
        {
          id: 'fitting',
          title: t('panel.fitting'),
          options: [...(onNone ? [none] : []), ...fitting.map(option)],
        },
        { id: 'others', title: t('panel.others'), options: unfit.map(option) },
      ]}
      onSelect={(id) => {
        const entry = entries.find((each) => each.id === id);
        if (entry) onSelect(entry);
        else onNone?.();
      }}
      hasFailed={fields.fields === null}
      onRetry={onRetry}
    />
  );
}

type Translator = ReturnType<typeof useTranslations<'mappings'>>;

function tagOf(t: Translator, isMapped: boolean, isWritable: boolean) {
  if (isMapped) return { tag: { label: t('panel.mapped'), tone: 'info' as const } };
  return isWritable ? {} : { tag: { label: t('panel.readOnly'), tone: 'neutral' as const } };
}
