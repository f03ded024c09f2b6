'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { Building2, UserCog } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useReconnect } from '#app/(app)/settings/shared/use-reconnect.ts';
import { appTiles, connectedAppsPath, wizardPaths } from '#components/connections/app-identity.ts';
import { NeedsList } from '#components/connections/needs-list.tsx';
import { WizardFrame, WizardStep } from '#components/connections/wizard-frame.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { AppTile } from '#components/ui/app-tile.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { connectionsQuery } from '#lib/connections/queries.ts';
import type { ConnectionView } from '#lib/connections/schemas.ts';

/** Connecting HubSpot: what one needs, HubSpot's own page, and what came of it. */
export function HubspotWizard({ isAdmin, accountName }: { isAdmin: boolean; accountName: string }) {
  const t = useTranslations('connections');
  const { data } = useSuspenseQuery(connectionsQuery());
  const of = (app: ConnectionView['app']) =>
    data.connections.find((each) => each.app === app && each.status === 'connected');
  const connection = of('hubspot');
  return (
    <>
      <PageHead
        back={{ href: connectedAppsPath, label: t('title') }}
        tile={<AppTile {...appTiles.hubspot} />}
        title={t('wizard.hubspotTitle')}
      />
      <WizardFrame
        steps={[t('wizard.before'), t('wizard.logIn'), t('wizard.summary')]}
        current={connection ? 2 : 0}
      >
        {connection ? (
          <SummaryStep
            connection={connection}
            accountName={accountName}
            canGoOn={isAdmin && of('salesforce') === undefined}
          />
        ) : (
          <BeforeStep isAdmin={isAdmin} />
        )}
      </WizardFrame>
    </>
  );
}

function BeforeStep({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const { opening, openHubspot } = useReconnect();
  return (
    <WizardStep
      notice={!isAdmin && <Alert tone="info">{common('adminOnly')}</Alert>}
      title={t('wizard.need')}
      takesFocus={false}
      footer={
        <Button
          variant="primary"
          onPress={() => void openHubspot(wizardPaths.hubspot)}
          isBusy={opening !== null}
          busyLabel={t('openingHubspot')}
          isDisabled={!isAdmin}
          {...(isAdmin ? {} : { disabledReason: common('adminOnly') })}
        >
          {t('wizard.logInHubspot')}
        </Button>
      }
    >
      <div className="grid gap-5">
        <NeedsList
          needs={[
            {
              id: 'account',
              icon: Building2,
              title: t('wizard.needHubspot'),
              text: t('wizard.needHubspotText'),
            },
            {
              id: 'admin',
              icon: UserCog,
              title: t('wizard.needSuperAdmin'),
              text: t('wizard.needSuperAdminText'),
            },
          ]}
        />
        <p className="text-small text-text-subtle">{t('wizard.nextHubspot')}</p>
      </div>
    </WizardStep>
  );
}

function SummaryStep(props: { connection: ConnectionView; accountName: string; canGoOn: boolean }) {
  const { connection, accountName, canGoOn } = props;
  const t = useTranslations('connections');
  return (
    <WizardStep
      title={t('wizard.summaryTitle')}
      description={t('wizard.summaryText')}
      takesFocus={false}
      footer={
        <>
          {canGoOn && (
            <ButtonLink variant="primary" href={wizardPaths.salesforce}>
              {t('connect.salesforce')}
            </ButtonLink>
          )}
          <ButtonLink variant={canGoOn ? 'secondary' : 'primary'} href={connectedAppsPath}>
            {t('wizard.goToApps')}
          </ButtonLink>
        </>
      }
    >
      <DefinitionList
        items={[
          { term: t('hubspotPage.name'), value: accountName },
          { term: t('hubspotPage.id'), value: connection.accountId },
          { term: t('hubspotPage.user'), value: connection.username },
        ]}
      />
    </WizardStep>
  );
}
