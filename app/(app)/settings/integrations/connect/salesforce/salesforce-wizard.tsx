'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { appTiles, connectedAppsPath } from '#components/connections/app-identity.ts';
import type { ConsentFailureInfo } from '#components/connections/consent-failure-info.ts';
import { WizardFrame } from '#components/connections/wizard-frame.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { AppTile } from '#components/ui/app-tile.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { connectionsQuery } from '#lib/connections/queries.ts';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { BeforeStep } from './before-step.tsx';
import { OtherOrgModal } from './other-org-modal.tsx';
import { ReviewStep } from './review-step.tsx';
import { useChoices } from './use-choices.ts';
import { WhatSyncsStep } from './what-syncs-step.tsx';

export interface SalesforceWizardProps {
  isAdmin: boolean;
  /** Why the log-in led to nothing. */
  failure: ConsentFailureInfo | null;
  /** The log-in led to another organisation than before. */
  isOtherOrg: boolean;
  isSandboxWanted: boolean;
  /** The log-in has just worked. */
  isJustConnected: boolean;
  mappingCount: number;
}

const indexes = { before: 0, sync: 2, review: 3 } as const;
type Step = keyof typeof indexes;

/** Connecting Salesforce. Its second step is Salesforce's own page; the address remembers the others. */
export function SalesforceWizard(props: SalesforceWizardProps) {
  const t = useTranslations('connections');
  const { data } = useSuspenseQuery(connectionsQuery());
  const connection = data.connections.find(({ app }) => app === 'salesforce') ?? null;
  const isHubspotUsable = data.connections.some(
    ({ app, status }) => app === 'hubspot' && status === 'connected',
  );
  const isLoggedIn = connection?.status === 'connected' && props.isAdmin;
  const { step, hasMoved, go } = useStep(isLoggedIn);
  const choices = useChoices();
  useConnectedToast(step === 'sync' && props.isJustConnected ? connection : null);

  return (
    <>
      <Head connection={isLoggedIn && step !== 'before' ? connection : null} />
      <WizardFrame
        steps={[t('wizard.before'), t('wizard.logIn'), t('wizard.whatSyncs'), t('wizard.review')]}
        current={indexes[step]}
        key={step}
      >
        {step === 'before' && (
          <BeforeStep
            {...props}
            connection={connection}
            isHubspotUsable={isHubspotUsable}
            takesFocus={hasMoved}
          />
        )}
        {step === 'sync' && (
          <WhatSyncsStep
            choices={choices}
            mappingCount={props.mappingCount}
            takesFocus={hasMoved}
            onNext={() => go('review')}
            onBack={() => go('before')}
          />
        )}
        {step === 'review' && connection && (
          <ReviewStep choices={choices} connection={connection} onBack={() => go('sync')} />
        )}
      </WizardFrame>
      <OtherOrgModal isAsked={props.isOtherOrg && props.isAdmin} />
    </>
  );
}

/** Which step the address names. What needs a log-in leads to the first step without one. */
function useStep(isLoggedIn: boolean) {
  const named = useSearchParams().get('step');
  const [hasMoved, setMoved] = useState(false);
  const step: Step = isLoggedIn && (named === 'sync' || named === 'review') ? named : 'before';
  return {
    step,
    hasMoved,
    go: (next: Step) => {
      setMoved(true);
      const path = window.location.pathname;
      window.history.pushState(null, '', next === 'before' ? path : `${path}?step=${next}`);
    },
  };
}

function useConnectedToast(connection: ConnectionView | null) {
  const t = useTranslations('connections');
  const isTold = useRef(false);
  const text = connection && `${connection.username}, ${connection.sandbox ? t('sandbox') : t('production')}`;
  const title = t('wizard.connectedToast');
  useEffect(() => {
    if (!text || isTold.current) return;
    isTold.current = true;
    showToast({ tone: 'positive', title, text });
  }, [text, title]);
}

function Head({ connection }: { connection: ConnectionView | null }) {
  const t = useTranslations('connections');
  const facts = connection && [
    {
      id: 'status',
      content: (
        <span className="font-medium text-text">
          <StatusDot tone="positive" label={t('wizard.loggedIn')} />
        </span>
      ),
    },
    { id: 'user', content: <span className="wrap-anywhere">{connection.username}</span> },
    { id: 'kind', content: connection.sandbox ? t('sandbox') : t('production') },
  ];
  return (
    <PageHead
      back={{ href: connectedAppsPath, label: t('title') }}
      tile={<AppTile {...appTiles.salesforce} />}
      title={t('wizard.salesforceTitle')}
      {...(facts ? { facts } : {})}
    />
  );
}
