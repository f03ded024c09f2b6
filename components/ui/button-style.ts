import { clsx } from 'clsx';

export type ButtonVariant =
  | 'primary'
  | 'secondary'
  | 'tertiary'
  | 'destructive'
  | 'onShell'
  | 'lineShell'
  | 'ghostShell'
  | 'link';

/** Heights 40, 32 and 24 px. */
export type ButtonSize = 'large' | 'medium' | 'small';

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-primary text-text-on-fill hover:bg-primary-hover hover:text-text-on-fill active:bg-primary-pressed',
  secondary:
    'border-line-control bg-surface text-text hover:bg-surface-hover hover:text-text active:bg-surface-selected',
  tertiary: 'border-transparent text-text hover:bg-surface-hover hover:text-text active:bg-surface-selected',
  destructive:
    'border-transparent bg-danger-fill text-text-on-fill hover:bg-danger-hover hover:text-text-on-fill active:bg-danger-pressed',
  onShell: 'border-transparent bg-surface text-text hover:bg-line hover:text-text active:bg-line-card',
  lineShell:
    'border-shell-line text-shell-text hover:bg-shell-hover hover:text-shell-text active:bg-shell-selected',
  ghostShell:
    'border-transparent text-shell-text hover:bg-shell-hover hover:text-shell-text active:bg-shell-selected',
  link: 'text-link underline-offset-3 hover:text-link-hover hover:underline active:text-link-hover',
};

const disabledVariants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-disabled-fill text-text-disabled',
  secondary: 'border-line-card bg-disabled-fill text-text-disabled',
  tertiary: 'border-transparent text-text-disabled',
  destructive: 'border-transparent bg-disabled-fill text-text-disabled',
  onShell: 'border-transparent bg-shell-selected text-shell-text-subtle',
  lineShell: 'border-shell-line text-shell-text-subtle',
  ghostShell: 'border-transparent text-shell-text-subtle',
  link: 'text-text-disabled',
};

const sizes: Record<ButtonSize, string> = {
  large: 'h-10 px-5 text-label max-md:min-h-11',
  medium: 'h-8 px-3.5 text-small font-medium touch-target',
  small: 'h-6 px-2.5 text-tiny font-medium touch-target',
};

/** The look of a button; also worn by links that lead like a button. */
export function buttonClass(options: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  isDisabled?: boolean;
  isFullWidth?: boolean;
  className?: string;
}): string {
  const {
    variant = 'secondary',
    size = 'large',
    isDisabled = false,
    isFullWidth = false,
    className,
  } = options;
  const isLink = variant === 'link';
  return clsx(
    'relative inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap font-medium no-underline transition-colors',
    isLink
      ? 'touch-target rounded-control text-left'
      : ['rounded-control border hover:no-underline', sizes[size]],
    isDisabled ? [disabledVariants[variant], 'cursor-not-allowed'] : variants[variant],
    isFullWidth && 'w-full',
    className,
  );
}
