'use client';

import { clsx } from 'clsx';
import type { Ref } from 'react';
import { Input } from 'react-aria-components/Input';
import { TextArea } from 'react-aria-components/TextArea';
import {
  type TextFieldProps as AriaProps,
  TextField as AriaTextField,
} from 'react-aria-components/TextField';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';

export interface TextFieldProps
  extends FieldChrome,
    Pick<
      AriaProps,
      | 'value'
      | 'defaultValue'
      | 'onChange'
      | 'onBlur'
      | 'name'
      | 'type'
      | 'autoFocus'
      | 'autoComplete'
      | 'inputMode'
      | 'isDisabled'
      | 'isReadOnly'
      | 'isRequired'
      | 'maxLength'
      | 'onKeyDown'
    > {
  placeholder?: string;
  /** "33/100", shown at the right under the field. */
  counter?: string;
  /** Lines of a text area; leave out for a one-line field. */
  rows?: number;
  isCompact?: boolean;
  className?: string;
  ref?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** A text field with label, help and error. `onChange` gets the text. */
export function TextField(props: TextFieldProps) {
  const { label, isLabelHidden, labelNote, labelExtra, help, error, counter, ...rest } = props;
  const { placeholder, rows, isCompact, className, ref, ...aria } = rest;
  const frame = controlClass({ isCompact, className: 'focus:border-line-strong' });
  return (
    <AriaTextField
      {...aria}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={clsx('group min-w-0', className)}
    >
      <FieldLabel {...{ label, isLabelHidden, labelNote, labelExtra }} />
      {rows === undefined ? (
        <Input ref={ref} placeholder={placeholder} className={frame} />
      ) : (
        <TextArea
          ref={ref}
          rows={rows}
          placeholder={placeholder}
          className={clsx(frame, 'h-auto! resize-y py-2.5')}
        />
      )}
      <FieldFoot help={help} error={error} counter={counter} />
    </AriaTextField>
  );
}
