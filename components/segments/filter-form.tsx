'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import type { Condition, ConditionOperator } from '#lib/segments/filter/condition.ts';
import { conditionProblem, isNegative, operatorsOf, valueKind } from '#lib/segments/property-types.ts';
import type { FilterParts, Property } from '#lib/segments/schemas.ts';
import { TypeIcon } from './filter-icon.tsx';
import { ValueEditor } from './value-editor.tsx';

export interface FilterFormProps {
  condition: Condition;
  property: Property | null;
  parts: FilterParts;
  operatorWord: (operator: ConditionOperator) => string;
  onApply: (condition: Condition) => void;
  onCancel: () => void;
}

/** One filter being edited in its group: operator, values, *Apply filter* and *Cancel*. Esc cancels. */
export function FilterForm(props: FilterFormProps) {
  const { property, parts, operatorWord, onApply, onCancel } = props;
  const t = useTranslations('segments.editor');
  const [condition, setCondition] = useState(props.condition);
  const [isChecked, setChecked] = useState(false);
  const operatorField = useRef<HTMLButtonElement>(null);
  const nameId = useId();
  useEffect(() => {
    const field = operatorField.current;
    field?.focus();
    // The pane must not scroll later, under an open list: that closes it and loses what was typed.
    field?.closest('[data-editing-filter]')?.scrollIntoView({ block: 'nearest' });
  }, []);

  const type = condition.property === null ? 'segment' : (property?.type ?? 'text');
  const problem = conditionProblem(condition.operator, condition.values);
  const setOperator = (operator: ConditionOperator) => {
    const keeps = valueKind(operator) === valueKind(condition.operator);
    setCondition({
      ...condition,
      operator,
      values: keeps ? condition.values : [],
      includeBlank: isNegative(operator) && condition.includeBlank,
    });
    setChecked(false);
  };
  const apply = () => {
    if (problem) setChecked(true);
    else onApply({ ...condition, values: condition.values.filter((value) => value.trim() !== '') });
  };
  // Esc closes the innermost layer only: a list that is open when the key goes down takes it.
  const hadOpenList = useRef(false);
  const onKeyDownCapture = ({ currentTarget }: KeyboardEvent) => {
    hadOpenList.current = currentTarget.querySelector('[aria-expanded="true"]') !== null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || hadOpenList.current) return;
    event.stopPropagation();
    onCancel();
  };

  return (
    <li
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onKeyDown}
      aria-labelledby={nameId}
      data-editing-filter
      className="rounded-item border-[1.5px] border-accent bg-surface shadow-200"
    >
      <div className="flex items-center gap-2 border-line border-b py-2 pr-2 pl-3 text-text-subtle">
        <TypeIcon type={type} />
        <div className="min-w-0 text-text">
          <p id={nameId} className="truncate font-medium">
            {condition.property === null ? t('membership') : (property?.label ?? condition.property)}
          </p>
          <p className="text-tiny text-text-subtle">
            {condition.property === null ? t('segment') : t(`propertyOf.${condition.object ?? 'contact'}`)}
          </p>
        </div>
        <IconButton
          label={t('closeFilter')}
          icon={<X size={16} aria-hidden />}
          onPress={onCancel}
          hasTooltip={false}
          className="ml-auto"
        />
      </div>
      <div className="grid gap-2.5 p-3">
        <Select
          ref={operatorField}
          label={t('operator')}
          isLabelHidden
          options={operatorsOf[type].map((operator) => ({ id: operator, label: operatorWord(operator) }))}
          value={condition.operator}
          onChange={setOperator}
        />
        <ValueEditor
          operator={condition.operator}
          property={property}
          parts={parts}
          values={condition.values}
          onChange={(values) => setCondition((former) => ({ ...former, values }))}
          {...(isChecked && problem ? { error: t(`problems.${problem}`) } : {})}
        />
        {isNegative(condition.operator) && (
          <Checkbox
            label={t('includeBlank')}
            isSelected={condition.includeBlank}
            onChange={(includeBlank) => setCondition({ ...condition, includeBlank })}
          />
        )}
      </div>
      <div className="flex gap-2 px-3 pb-3">
        <Button variant="primary" size="medium" onPress={apply}>
          {t('apply')}
        </Button>
        <Button variant="tertiary" size="medium" onPress={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </li>
  );
}
