'use client';

import { Alert, type AlertProps } from './alert.tsx';
import { Button, type ButtonProps } from './button.tsx';

export interface RetryAlertProps extends Pick<AlertProps, 'title' | 'children' | 'className'> {
  retryLabel: string;
  onRetry: NonNullable<ButtonProps['onPress']>;
  /** Without this part the rest of the page still works: said more quietly. */
  isQuiet?: boolean;
}

/** What could not be loaded, why, and the way to try again. */
export function RetryAlert({ retryLabel, onRetry, isQuiet, ...alert }: RetryAlertProps) {
  return (
    <Alert
      {...alert}
      tone={isQuiet ? 'caution' : 'danger'}
      role={isQuiet ? 'status' : 'alert'}
      actions={
        <Button size="medium" onPress={onRetry}>
          {retryLabel}
        </Button>
      }
    />
  );
}
