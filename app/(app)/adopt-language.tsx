'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { isLocale, localeCookie } from '#lib/i18n/locales.ts';
import { rememberLocale } from './use-choose-language.ts';

/** In a browser where no language was chosen yet, shows the one that the person chose elsewhere. */
export function AdoptLanguage({ chosen }: { chosen: string | null }): null {
  const router = useRouter();
  useEffect(() => {
    const isKnownHere = document.cookie.split('; ').some((each) => each.startsWith(`${localeCookie}=`));
    if (isKnownHere || !isLocale(chosen)) return;
    rememberLocale(chosen);
    router.refresh();
  }, [chosen, router]);
  return null;
}
