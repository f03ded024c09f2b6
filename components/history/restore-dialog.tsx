'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Modal } from '#components/ui/modal.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import type { RestoreRequest, SettingsAsOf } from '#lib/settings/schemas.ts';
import { type Difference, useDifferences } from './use-differences.ts';

export interface RestoreDialogProps {
  isOpen: boolean;
  onClose: () => void;
  version: number;
  /** Null while it loads. */
  view: SettingsAsOf | null;
  error: string | null;
  onAgain: () => void;
  /** Ids of the rows that are not to come back. */
  without: ReadonlySet<string>;
  onWithout: (without: ReadonlySet<string>) => void;
  isBusy: boolean;
  onConfirm: (request: RestoreRequest) => void;
  /** What bringing the Inclusion List back would change. */
  numbers: ReactNode;
  /** Instead of all that: the people of one of the numbers. */
  people: ReactNode;
}

/** What a restore would change, row by row; what cannot come back says why. */
export function RestoreDialog(props: RestoreDialogProps) {
  const { isOpen, onClose, version, view, error, onAgain, isBusy, without } = props;
  const t = useTranslations('history');
  const common = useTranslations('common');
  const rows = useDifferences()(view);
  const chosen = rows.filter(({ id, blocked }) => blocked === null && !without.has(id));
  return (
    <Modal
      isOpen={isOpen}
      onClose={onClose}
      title={t('restore.title', { version })}
      closeLabel={common('close')}
      isBusy={isBusy}
      footer={<Footer {...props} rows={rows} chosen={chosen} />}
    >
      {error !== null && <Problem text={error} onAgain={onAgain} />}
      {view === null && error === null && (
        <Skeleton label={common('loading')}>
          <SkeletonBlock className="h-5 w-1/2" />
          <SkeletonBlock className="mt-3 h-24 w-full" />
        </Skeleton>
      )}
      {view && rows.length === 0 && <p>{t('restore.same', { version })}</p>}
      {props.people}
      {view && rows.length > 0 && !props.people && (
        <>
          <Rows {...props} rows={rows} />
          {chosen.some(({ id }) => id === 'inclusionListId') && (
            <Alert tone="info" className="mt-4">
              {t('restore.list')}
              {props.numbers}
            </Alert>
          )}
          <p className="mt-4 text-small text-text-subtle">{t('restore.values')}</p>
        </>
      )}
    </Modal>
  );
}

function Problem({ text, onAgain }: { text: string; onAgain: () => void }) {
  const t = useTranslations('history');
  return (
    <Alert
      tone="caution"
      role="alert"
      className="mb-4"
      actions={
        <Button variant="secondary" size="medium" onPress={onAgain}>
          {t('restore.again')}
        </Button>
      }
    >
      {text}
    </Alert>
  );
}

function Footer(props: RestoreDialogProps & { rows: readonly Difference[]; chosen: readonly Difference[] }) {
  const { view, rows, chosen, isBusy, onConfirm, onClose, error } = props;
  const t = useTranslations('history');
  const common = useTranslations('common');
  if (view && rows.length === 0) {
    return (
      <Button variant="primary" onPress={onClose}>
        {common('close')}
      </Button>
    );
  }
  const confirm = () => {
    if (!view) return;
    const keys = chosen.flatMap(({ key }) => key ?? []);
    const mappings = chosen.filter(({ key }) => key === null).map(({ id }) => id);
    onConfirm({ version: view.now.version, keys, mappings });
  };
  return (
    <>
      <Button
        variant="primary"
        onPress={confirm}
        isBusy={isBusy}
        busyLabel={t('restore.busy')}
        isDisabled={view === null || chosen.length === 0 || error !== null}
        {...(view && chosen.length === 0 ? { disabledReason: t('restore.nothing') } : {})}
      >
        {t('restore.confirm')}
      </Button>
      <Button variant="secondary" onPress={onClose} isDisabled={isBusy}>
        {common('cancel')}
      </Button>
    </>
  );
}

function Rows({ rows, without, onWithout, isBusy }: RestoreDialogProps & { rows: readonly Difference[] }) {
  const t = useTranslations('history');
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(without);
    if (isOn) next.delete(id);
    else next.add(id);
    onWithout(next);
  };
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{t('restore.caption')}</caption>
      <thead>
        <tr className="border-line border-b text-left text-text-subtle text-th">
          <th scope="col" className="w-[44%] py-2 pr-3 font-medium">
            {t('subject')}
          </th>
          <th scope="col" className="py-2 pr-3 font-medium">
            {t('restore.now')}
          </th>
          <th scope="col" className="py-2 font-medium">
            {t('restore.former')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, now, former, blocked }) => (
          <tr key={id} className="border-line border-b align-top last:border-b-0">
            <th scope="row" className="py-2.5 pr-3 text-left font-light">
              <Checkbox
                label={name}
                isSelected={blocked === null && !without.has(id)}
                onChange={(isOn) => toggle(id, isOn)}
                isDisabled={isBusy || blocked !== null}
                {...(blocked === null ? {} : { description: blocked })}
              />
            </th>
            <td className="break-words py-2.5 pr-3 text-text-subtle">{now}</td>
            <td className="break-words py-2.5 font-medium">{former}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
