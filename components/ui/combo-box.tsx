'use client';

import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel, focusWithinClass } from './field.tsx';
import { contains } from './match.ts';
import { OptionList } from './option-list.tsx';
import { Popover } from './popover.tsx';
import type { SelectOption } from './select.tsx';

export interface ComboBoxProps<K extends string> extends FieldChrome {
  options: readonly SelectOption<K>[];
  value: K | null;
  onChange: (id: K | null) => void;
  placeholder?: string;
  /** Name of the button that opens the list. */
  openLabel: string;
  emptyText: string;
  isDisabled?: boolean;
  name?: string;
  onBlur?: () => void;
  className?: string;
}

/** A choice of one by typing: the field itself is the search. */
export function ComboBox<K extends string>(props: ComboBoxProps<K>) {
  const { options, value, onChange, placeholder, openLabel, emptyText, isDisabled, name, onBlur, className } =
    props;
  return (
    <AriaComboBox
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={(key) => onChange(options.find((option) => option.id === key)?.id ?? null)}
      defaultFilter={contains}
      menuTrigger="focus"
      allowsEmptyCollection
      name={name}
      onBlur={onBlur}
      isDisabled={isDisabled}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      className={clsx('group min-w-0', className)}
    >
      <FieldLabel {...props} />
      <Group className={clsx(controlClass(), focusWithinClass, 'pr-1.5!')}>
        <Input placeholder={placeholder} className="h-full min-w-0 flex-1 bg-transparent outline-none" />
        <Button
          aria-label={openLabel}
          className="touch-target relative grid size-7 shrink-0 place-items-center rounded-control hover:bg-surface-hover"
        >
          <ChevronDown size={16} aria-hidden />
        </Button>
      </Group>
      <FieldFoot help={props.help} error={props.error} />
      <Popover className="w-(--trigger-width)">
        <OptionList emptyText={emptyText} />
      </Popover>
    </AriaComboBox>
  );
}
