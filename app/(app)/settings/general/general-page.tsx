'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useChooseLanguage } from '#app/(app)/use-choose-language.ts';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Card } from '#components/ui/card.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Select } from '#components/ui/select.tsx';
import type { Role } from '#lib/auth/schemas.ts';
import { isLocale, localeNames, locales } from '#lib/i18n/locales.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { ZoneField } from './zone-field.tsx';

export interface GeneralPageProps {
  account: { name: string; hubId: string; timeZone: string; connectedAt: string };
  user: { name: string; email: string; role: Role };
}

/** How the app speaks to this person, and facts of the account. */
export function GeneralPage({ account, user }: GeneralPageProps) {
  const t = useTranslations('people.general');
  const people = useTranslations('people');
  const times = useTimes();
  return (
    <>
      <PageHead title={t('title')} description={t('lead')} />
      <PageBody>
        <Card title={t('preferences')}>
          <div className="mt-4 grid max-w-[440px] gap-5">
            <LanguageField />
            <ZoneField />
          </div>
        </Card>
        <Card title={t('account')} description={t('zoneNote')}>
          <div className="mt-4">
            <DefinitionList
              items={[
                { term: t('accountName'), value: account.name },
                { term: t('accountId'), value: <span className="tabular-nums">{account.hubId}</span> },
                { term: t('accountZone'), value: account.timeZone },
                { term: t('since'), value: times.exact(account.connectedAt) },
                { term: t('you'), value: `${user.name} · ${user.email} · ${people(user.role)}` },
              ]}
            />
          </div>
        </Card>
      </PageBody>
    </>
  );
}

function LanguageField() {
  const t = useTranslations('people.general');
  const locale = useLocale();
  const choose = useChooseLanguage();
  return (
    <Select
      label={t('language')}
      help={t('languageHelp')}
      options={locales.map((id) => ({ id, label: localeNames[id] }))}
      value={isLocale(locale) ? locale : null}
      onChange={choose}
    />
  );
}
