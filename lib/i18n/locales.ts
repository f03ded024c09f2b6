/** The six languages, each with its own name as the account menu shows it. */
export const locales = ['en', 'pt-BR', 'es', 'it', 'da', 'fr'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'en';

export const localeNames: Record<Locale, string> = {
  en: 'English',
  'pt-BR': 'Português',
  es: 'Español',
  it: 'Italiano',
  da: 'Dansk',
  fr: 'Français',
};

export const localeCookie = 'segbridge-locale';

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The language to show: the one chosen before, else the first of the browser's list that we speak (any
 * Portuguese reads Brazilian), else English.
 */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';');
      const weight = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const language = tag.split('-')[0];
    const match = locales.find((locale) => locale.toLowerCase() === tag || locale.split('-')[0] === language);
    if (match) return match;
  }
  return defaultLocale;
}
