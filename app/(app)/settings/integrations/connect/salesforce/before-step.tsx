'use client';

import { Clock, Cloud, UserCog } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useReconnect } from '#app/(app)/settings/shared/use-reconnect.ts';
import { wizardPaths } from '#components/connections/app-identity.ts';
import { ConsentFailure } from '#components/connections/consent-failure.tsx';
import type { ConsentFailureInfo } from '#components/connections/consent-failure-info.ts';
import { NeedsList } from '#components/connections/needs-list.tsx';
import { WizardStep } from '#components/connections/wizard-frame.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { rememberLogin } from './login-memory.ts';

export interface BeforeStepProps {
  isAdmin: boolean;
  failure: ConsentFailureInfo | null;
  isSandboxWanted: boolean;
  connection: ConnectionView | null;
  isHubspotUsable: boolean;
  takesFocus: boolean;
}

/** Step 1: what one needs, and where to log in. */
export function BeforeStep(props: BeforeStepProps) {
  const { isAdmin, failure, isSandboxWanted, connection, isHubspotUsable, takesFocus } = props;
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const { opening, openSalesforce } = useReconnect();
  const [isSandbox, setSandbox] = useState(isSandboxWanted || (connection?.sandbox ?? false));
  const address = useLoginAddress(failure?.kind === 'loginUrl');
  const disabledReason = isAdmin
    ? isHubspotUsable
      ? undefined
      : t('connect.hubspotFirst')
    : common('adminOnly');

  const hasNotice = failure !== null || disabledReason !== undefined || connection?.status === 'connected';

  function logIn() {
    const loginUrl = address.read();
    if (loginUrl === null) return;
    const request = { sandbox: isSandbox, ...(loginUrl === '' ? {} : { loginUrl }) };
    rememberLogin(request);
    openSalesforce(request);
  }

  return (
    <WizardStep
      notice={
        hasNotice && (
          <>
            {failure && <ConsentFailure failure={failure} />}
            <Standing {...props} />
          </>
        )
      }
      title={t('wizard.need')}
      takesFocus={takesFocus}
      footer={
        <Button
          variant="primary"
          onPress={logIn}
          isBusy={opening !== null}
          busyLabel={t('openingSalesforce')}
          isDisabled={disabledReason !== undefined}
          {...(disabledReason ? { disabledReason } : {})}
        >
          {t('wizard.logInSalesforce')}
        </Button>
      }
    >
      <div className="grid gap-5">
        <Needs />
        <div className="grid gap-3">
          <Checkbox
            label={t('wizard.isSandbox')}
            isSelected={isSandbox}
            onChange={setSandbox}
            isDisabled={!isAdmin}
          />
          <LoginAddress address={address} isDisabled={!isAdmin} />
        </div>
        <p className="text-small text-text-subtle">{t('wizard.nextSalesforce')}</p>
      </div>
    </WizardStep>
  );
}

function Needs() {
  const t = useTranslations('connections');
  return (
    <NeedsList
      needs={[
        { id: 'edition', icon: Cloud, title: t('wizard.needEdition'), text: t('wizard.needEditionText') },
        { id: 'admin', icon: UserCog, title: t('wizard.needAdmin'), text: t('wizard.needAdminText') },
        { id: 'time', icon: Clock, title: t('wizard.needTime'), text: t('wizard.needTimeText') },
      ]}
    />
  );
}

/** What stands in the way, or what a new log-in would replace. */
function Standing({ isAdmin, isHubspotUsable, connection }: BeforeStepProps) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  if (!isAdmin) return <Alert tone="info">{common('adminOnly')}</Alert>;
  if (!isHubspotUsable) {
    return (
      <Alert
        tone="caution"
        title={t('wizard.hubspotMissing')}
        actions={
          <ButtonLink variant="secondary" size="medium" href={wizardPaths.hubspot}>
            {t('connect.hubspot')}
          </ButtonLink>
        }
      >
        {t('wizard.hubspotMissingText')}
      </Alert>
    );
  }
  if (connection?.status !== 'connected') return null;
  return <Alert tone="info">{t('wizard.replaces', { user: connection.username })}</Alert>;
}

/** The organisation's own log-in address, for those that forbid the general one. */
function useLoginAddress(isOpenAtFirst: boolean) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  return {
    isOpen,
    open: () => setOpen(true),
    text,
    setText: (value: string) => {
      setText(value);
      setWrong(false);
    },
    isWrong,
    /** The address; empty for the general one, null if it is none. */
    read: (): string | null => {
      const wanted = text.trim();
      if (wanted === '') return '';
      const url = wanted.includes('://') ? wanted : `https://${wanted}`;
      if (URL.canParse(url)) return url;
      setWrong(true);
      return null;
    },
  };
}

function LoginAddress(props: { address: ReturnType<typeof useLoginAddress>; isDisabled: boolean }) {
  const { address, isDisabled } = props;
  const t = useTranslations('connections');
  if (!address.isOpen) {
    return (
      <div>
        <Button variant="link" onPress={address.open} isDisabled={isDisabled}>
          {t('wizard.otherLogin')}
        </Button>
      </div>
    );
  }
  return (
    <TextField
      label={t('wizard.loginUrl')}
      labelNote={t('wizard.loginUrlNote')}
      help={t('wizard.loginUrlHelp')}
      error={address.isWrong ? t('wizard.loginUrlError') : undefined}
      value={address.text}
      onChange={address.setText}
      isDisabled={isDisabled}
      type="url"
      inputMode="url"
      autoComplete="off"
      maxLength={200}
      className="max-w-[520px]"
    />
  );
}
