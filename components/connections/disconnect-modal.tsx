'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Modal } from '#components/ui/modal.tsx';
import { Select } from '#components/ui/select.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { disconnectPhrase } from '#lib/connections/rules.ts';
import type { App, DisconnectRequest } from '#lib/connections/schemas.ts';

export interface DisconnectModalProps {
  app: App;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: (request: DisconnectRequest) => void;
  isBusy: boolean;
  /** Why it did not work. */
  error: string | null;
}

/** Ends a connection in two steps: what goes and what stays, then the phrase. */
export function DisconnectModal(props: DisconnectModalProps) {
  const { app, isOpen, onClose, isBusy } = props;
  const t = useTranslations('connections');
  const common = useTranslations('common');
  return (
    <Modal
      isOpen={isOpen}
      onClose={onClose}
      title={t('disconnectModal.title', { app: t(app) })}
      closeLabel={common('close')}
      size="small"
      role="alertdialog"
      isBusy={isBusy}
    >
      <Steps {...props} />
    </Modal>
  );
}

/** Mounted anew each time the modal opens, so that it begins at its first step. */
function Steps(props: DisconnectModalProps) {
  const [isSure, setSure] = useState(false);
  return isSure ? <Confirm {...props} /> : <WhatHappens {...props} onContinue={() => setSure(true)} />;
}

function WhatHappens({ app, onClose, onContinue }: DisconnectModalProps & { onContinue: () => void }) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const links = app === 'hubspot' ? t('disconnectModal.staysHubspotLinks') : t('disconnectModal.staysLinks');
  return (
    <>
      <Part title={t('disconnectModal.removed')} items={[t('disconnectModal.removedLogin')]} />
      <Part
        title={t('disconnectModal.stays')}
        items={[t('disconnectModal.staysSettings'), t('disconnectModal.staysRecords'), links]}
      />
      <Buttons>
        <Button variant="primary" onPress={onContinue} autoFocus>
          {t('disconnectModal.continue')}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
      </Buttons>
    </>
  );
}

function Part({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <>
      <h3 className="mt-4 text-h3 first:mt-0">{title}</h3>
      <ul className="mt-1.5 list-disc pl-5 marker:text-line-control">
        {items.map((item) => (
          <li key={item} className="mt-1">
            {item}
          </li>
        ))}
      </ul>
    </>
  );
}

const reasons = ['switch', 'tool', 'trouble', 'test', 'other'] as const;
type Reason = (typeof reasons)[number];

function Confirm({ app, onClose, onConfirm, isBusy, error }: DisconnectModalProps) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const appName = useTranslations('connections')(app);
  const phrase = t('disconnectModal.confirm', { app: appName });
  const [typed, setTyped] = useState('');
  const [erase, setErase] = useState(false);
  const [reason, setReason] = useState<Reason | null>(null);
  const isRight = plain(typed) === plain(phrase);
  const labels: Record<Reason, string> = {
    switch: t('disconnectModal.reasonSwitch'),
    tool: t('disconnectModal.reasonTool'),
    trouble: t('disconnectModal.reasonTrouble'),
    test: t('disconnectModal.reasonTest'),
    other: t('disconnectModal.reasonOther'),
  };
  const confirm = () => {
    // The API wants its own phrase, whatever the language in which a person typed theirs.
    const request = { phrase: disconnectPhrase(app), erase, ...(reason ? { reason } : {}) };
    if (isRight && !isBusy) onConfirm(request);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm();
      }}
    >
      {error && (
        <Alert tone="danger" role="alert" className="mb-4">
          {error}
        </Alert>
      )}
      <Select
        label={t('disconnectModal.reason')}
        labelNote={t('disconnectModal.reasonNote')}
        placeholder={t('disconnectModal.reasonPlaceholder')}
        options={reasons.map((id) => ({ id, label: labels[id] }))}
        value={reason}
        onChange={setReason}
        isDisabled={isBusy}
      />
      <div className="mt-4">
        <Checkbox
          label={t('disconnectModal.erase')}
          isSelected={erase}
          onChange={setErase}
          isDisabled={isBusy}
        />
      </div>
      <TextField
        className="mt-4"
        label={t('disconnectModal.type', { phrase })}
        value={typed}
        onChange={setTyped}
        isDisabled={isBusy}
        autoComplete="off"
        autoFocus
      />
      <Buttons>
        <Button
          variant="destructive"
          type="submit"
          isBusy={isBusy}
          busyLabel={t('disconnectModal.busy')}
          isDisabled={!isRight}
          {...(isRight ? {} : { disabledReason: t('disconnectModal.typeFirst', { phrase }) })}
        >
          {t('disconnectModal.confirm', { app: appName })}
        </Button>
        <Button variant="secondary" onPress={onClose} isDisabled={isBusy}>
          {common('cancel')}
        </Button>
      </Buttons>
    </form>
  );
}

/** Without regard to spaces of any kind at the ends and between words. */
function plain(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/** The foot of the modal lies inside its body, so that the form holds its button. */
function Buttons({ children }: { children: ReactNode }) {
  return (
    <div className="-mx-6 mt-6 -mb-2 flex flex-wrap gap-2 border-line border-t px-6 pt-4 max-md:-mx-4 max-md:px-4">
      {children}
    </div>
  );
}
