'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { showToast } from '#components/ui/toast.tsx';
import { saveLanguage } from '#lib/auth/queries.ts';
import { type Locale, localeCookie } from '#lib/i18n/locales.ts';

/** Shows everything in another language, here at once and in the person's other browsers from now on. */
export function useChooseLanguage(): (locale: Locale) => void {
  const t = useTranslations('common');
  const router = useRouter();
  return (locale) => {
    rememberLocale(locale);
    router.refresh();
    saveLanguage(locale).catch(() => showToast({ tone: 'danger', title: t('languageNotKept') }));
  };
}

/** Keeps the language in this browser. */
export function rememberLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${localeCookie}=${locale}; path=/; max-age=31536000; samesite=lax`;
}
