'use client';

import { useTranslations } from 'next-intl';
import { ComboBox } from '#components/ui/combo-box.tsx';
import { DateField } from '#components/ui/date-field.tsx';
import { MultiSelect } from '#components/ui/multi-select.tsx';
import { NumberField } from '#components/ui/number-field.tsx';
import type { ConditionOperator } from '#lib/segments/filter/condition.ts';
import { valueKind } from '#lib/segments/property-types.ts';
import type { FilterParts, Property } from '#lib/segments/schemas.ts';
import { TextValues } from './text-values.tsx';

export interface ValueEditorProps {
  operator: ConditionOperator;
  property: Property | null;
  parts: FilterParts;
  values: string[];
  onChange: (values: string[]) => void;
  error?: string;
}

/** The fields for the values of a condition, by what its operator takes. */
export function ValueEditor(props: ValueEditorProps) {
  const { operator, values, onChange, error } = props;
  const t = useTranslations('segments.editor');
  const [first = '', second = ''] = values;
  switch (valueKind(operator)) {
    case 'none':
      return null;
    case 'texts':
      return (
        <TextValues label={t('values')} values={values} onChange={onChange} {...(error ? { error } : {})} />
      );
    case 'options':
      return <OptionValues {...props} />;
    case 'segment':
      return <SegmentValue {...props} />;
    case 'number':
      return (
        <NumberValue label={t('value')} value={first} onChange={(value) => onChange([value])} error={error} />
      );
    case 'count':
      return (
        <NumberValue label={t('days')} value={first} onChange={(value) => onChange([value])} error={error} />
      );
    case 'numbers':
      return (
        <div className="grid grid-cols-2 gap-2.5">
          <NumberValue
            label={t('from')}
            isLabelShown
            value={first}
            onChange={(value) => onChange([value, second])}
            error={error}
          />
          <NumberValue
            label={t('to')}
            isLabelShown
            value={second}
            onChange={(value) => onChange([first, value])}
          />
        </div>
      );
    case 'day':
      return (
        <DayValue label={t('value')} value={first} onChange={(value) => onChange([value])} error={error} />
      );
    case 'days':
      return (
        <div className="grid grid-cols-2 gap-2.5">
          <DayValue
            label={t('from')}
            isLabelShown
            value={first}
            onChange={(value) => onChange([value, second])}
            error={error}
          />
          <DayValue
            label={t('to')}
            isLabelShown
            value={second}
            onChange={(value) => onChange([first, value])}
          />
        </div>
      );
  }
}

type FieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  isLabelShown?: boolean;
};

function NumberValue({ label, value, onChange, error, isLabelShown }: FieldProps) {
  return (
    <NumberField
      label={label}
      isLabelHidden={!isLabelShown}
      value={value === '' ? null : Number(value)}
      onChange={(number) => onChange(number === null ? '' : String(number))}
      formatOptions={{ maximumFractionDigits: 10 }}
      error={error}
    />
  );
}

function DayValue({ label, value, onChange, error, isLabelShown }: FieldProps) {
  return (
    <DateField
      label={label}
      isLabelHidden={!isLabelShown}
      value={value === '' ? null : value}
      onChange={(day) => onChange(day ?? '')}
      error={error}
    />
  );
}

/** Real options of the property; values that HubSpot no longer offers stay until they are removed. */
function OptionValues({ property, parts, values, onChange, error }: ValueEditorProps) {
  const t = useTranslations('segments.editor');
  const offered =
    property?.type === 'owner'
      ? parts.owners
          .filter((owner) => owner.active || values.includes(owner.id))
          .map(({ id, name }) => ({ id, label: name }))
      : (property?.options ?? [])
          .filter((option) => !option.hidden || values.includes(option.value))
          .map(({ value, label }) => ({ id: value, label }));
  const gone = values
    .filter((value) => !offered.some(({ id }) => id === value))
    .map((id) => ({ id, label: id }));
  return (
    <MultiSelect
      label={t('values')}
      isLabelHidden
      options={[...offered, ...gone]}
      value={values}
      onChange={onChange}
      placeholder={t('choose')}
      openLabel={t('openList')}
      emptyText={t('noOption')}
      removeLabel={(value) => t('removeValue', { value })}
      error={error}
    />
  );
}

function SegmentValue({ parts, values, onChange, error }: ValueEditorProps) {
  const t = useTranslations('segments.editor');
  const [listId] = values;
  const options = parts.segments
    .filter((segment) => !segment.isDeleted || segment.listId === listId)
    .map((segment) => ({ id: segment.listId, label: segment.name }));
  return (
    <ComboBox
      label={t('segment')}
      isLabelHidden
      options={options}
      value={listId || null}
      onChange={(id) => onChange(id === null ? [] : [id])}
      placeholder={t('choose')}
      openLabel={t('openList')}
      emptyText={t('noOption')}
      error={error}
    />
  );
}
