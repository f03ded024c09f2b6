'use client';

import type { ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { I18nProvider } from 'react-aria-components/I18nProvider';

export interface UiProviderProps {
  /** BCP 47, e.g. `pt-BR`: decides how fields read numbers and dates. */
  locale: string;
  /** Client-side navigation for menu items and options that are links, e.g. `router.push`. */
  navigate: (href: string) => void;
  children: ReactNode;
}

/** Once, around the whole app. */
export function UiProvider({ locale, navigate, children }: UiProviderProps) {
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={navigate}>{children}</RouterProvider>
    </I18nProvider>
  );
}
