'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RestoreModal } from '#app/(app)/settings/shared/restore-modal.tsx';
import { settingsPaths, switchPath } from '#components/connections/app-identity.ts';
import { AsOfBanner } from '#components/history/as-of-banner.tsx';
import { FormerMappings } from '#components/history/former-mappings.tsx';
import { FormerSettings } from '#components/history/former-settings.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { settingsAsOfQuery } from '#lib/settings/queries.ts';
import type { AsOf } from '#lib/settings/schemas.ts';

/** The Contacts tab of another day: to read, to compare, to restore. */
export function SettingsOfThen({ asOf }: { asOf: AsOf }) {
  const { data: view } = useSuspenseQuery(settingsAsOfQuery(asOf));
  const t = useTranslations('history');
  const router = useRouter();
  const [isOnly, setOnly] = useState(false);
  const [restoring, setRestoring] = useState<number | null>(null);
  const back = settingsPaths.salesforce;
  const isSame = view.differs.length === 0 && !view.mappings.some(({ isDifferent }) => isDifferent);
  return (
    <>
      <div className="mt-5 border-line border-t">
        <AsOfBanner
          view={view}
          todayHref={back}
          hrefOf={(version) => `${back}?as-of=${version}`}
          {...(view.canRestore && !isSame ? { onRestore: () => setRestoring(view.former.version) } : {})}
        />
      </div>
      <PageBody>
        {!view.isBeforeConnecting && (
          <>
            <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
              <Switch label={t('asOf.only')} isSelected={isOnly} onChange={setOnly} />
              {isSame && <p className="text-text-subtle">{t('asOf.same')}</p>}
            </div>
            <FormerSettings view={view} isOnlyDifferences={isOnly} />
            <FormerMappings view={view} isOnlyDifferences={isOnly} />
          </>
        )}
      </PageBody>
      <RestoreModal
        version={restoring}
        onClose={() => setRestoring(null)}
        onRestored={(changeId) => {
          setRestoring(null);
          router.push(changeId ? switchPath(changeId) : back);
        }}
      />
    </>
  );
}
