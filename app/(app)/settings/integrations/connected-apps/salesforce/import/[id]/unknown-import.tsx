'use client';

import { useTranslations } from 'next-intl';
import { importPath } from '#components/connections/app-identity.ts';
import { ImportFrame } from '#components/imports/import-frame.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';

/** The address names an import that isn't there (any more). */
export function UnknownImport() {
  const t = useTranslations('imports');
  return (
    <ImportFrame
      step="choose"
      title={t('unknown')}
      footer={
        <ButtonLink href={importPath} variant="primary">
          {t('choose.title')}
        </ButtonLink>
      }
    />
  );
}
