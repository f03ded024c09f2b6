import { getTranslations } from 'next-intl/server';
import { connectedAppsPath } from '#components/connections/app-identity.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';

export default async function NotFound() {
  const t = await getTranslations('common');
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-3 bg-surface px-4 text-center">
      <h1 className="text-h1">{t('notFoundTitle')}</h1>
      <p className="mb-3 text-text-subtle">{t('notFoundText')}</p>
      <ButtonLink href={connectedAppsPath} variant="primary">
        {t('goHome')}
      </ButtonLink>
    </main>
  );
}
