'use client';

import { useTranslations } from 'next-intl';
import { storedMappingSchema } from '#lib/mappings/schemas.ts';

/** A mapping in words: whose it is, and how its two sides meet. What is no mapping reads as "Not mapped". */
export function useMappingWords() {
  const t = useTranslations('history');
  const rules = useTranslations('mappings.rules');
  return {
    sayMapping: (value: unknown): string => {
      const { data } = storedMappingSchema.safeParse(value);
      if (!data) return t('mapping.missing');
      const lead = data.leadField ? [`Lead.${data.leadField}`] : [];
      const contact = data.contactField ? [`Contact.${data.contactField}`] : [];
      return t('mapping.value', { rule: rules(data.rule), fields: [...lead, ...contact].join(', ') });
    },
    nameMapping: (...values: unknown[]): string => {
      const known = values.map((value) => storedMappingSchema.safeParse(value).data).find(Boolean);
      return t('mapping.of', { property: known?.hubspotProperty ?? '' });
    },
  };
}
