import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style.ts';

export interface ButtonLinkProps {
  href: string;
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  isFullWidth?: boolean;
  className?: string;
  /** Opens in a new window; give it a name that says so. */
  isExternal?: boolean;
}

/** A link that looks like a button. */
export function ButtonLink(props: ButtonLinkProps) {
  const { href, children, icon, variant, size, isFullWidth, className, isExternal } = props;
  const look = buttonClass({ variant, size, isFullWidth, className });
  if (isExternal)
    return (
      <a href={href} target="_blank" rel="noreferrer" className={look}>
        {icon}
        {children}
      </a>
    );
  return (
    <Link href={href} className={look}>
      {icon}
      {children}
    </Link>
  );
}
