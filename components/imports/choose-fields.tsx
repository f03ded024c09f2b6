'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { ComboBox } from '#components/ui/combo-box.tsx';
import { DateField } from '#components/ui/date-field.tsx';
import { RadioCards } from '#components/ui/radio-cards.tsx';
import {
  type ImportObject,
  type ImportOptions,
  type ImportRequest,
  importObjects,
} from '#lib/imports/schemas.ts';

type Which = ImportRequest['which']['kind'];

export interface ChooseFieldsProps {
  options: ImportOptions;
  choice: {
    objects: ImportObject[];
    setObject: (object: ImportObject, isChosen: boolean) => void;
    which: Which;
    setWhich: (which: Which) => void;
    date: string | null;
    setDate: (date: string | null) => void;
    campaignId: string | null;
    setCampaignId: (id: string | null) => void;
  };
  isDisabled: boolean;
}

/** Objects, which of their records, and the rule that will hold. */
export function ChooseFields({ options, choice, isDisabled }: ChooseFieldsProps) {
  const t = useTranslations('imports.choose');
  const format = useFormatter();
  const labels = { lead: t('leads'), contact: t('contacts') };
  const labelOf = (object: ImportObject) => {
    const count = options.counts?.[object];
    return count === undefined
      ? labels[object]
      : t('withCount', { label: labels[object], count: format.number(count) });
  };
  return (
    <>
      <fieldset className="flex flex-wrap gap-x-8 gap-y-3" disabled={isDisabled}>
        <legend className="mb-2 text-label">{t('objects')}</legend>
        {importObjects.map((object) => (
          <Checkbox
            key={object}
            label={labelOf(object)}
            isSelected={choice.objects.includes(object)}
            onChange={(isChosen) => choice.setObject(object, isChosen)}
            isDisabled={isDisabled}
          />
        ))}
      </fieldset>
      {options.isConnected && options.counts === null && (
        <p className="mt-2 text-small text-text-subtle">{t('noCounts')}</p>
      )}
      <RadioCards<Which>
        label={t('which')}
        className="mt-6"
        value={choice.which}
        onChange={choice.setWhich}
        isDisabled={isDisabled}
        options={[
          { id: 'all', label: t('all') },
          { id: 'createdSince', label: t('createdSince') },
          { id: 'campaign', label: t('campaign'), isDisabled: isDisabled || options.campaigns === null },
        ]}
      />
      <WhichField {...{ options, choice, isDisabled }} />
      <Rule options={options} />
    </>
  );
}

function WhichField({ options, choice, isDisabled }: ChooseFieldsProps) {
  const t = useTranslations('imports.choose');
  if (choice.which === 'createdSince') {
    return (
      <DateField
        label={t('date')}
        className="mt-4 max-w-60"
        value={choice.date}
        onChange={choice.setDate}
        isDisabled={isDisabled}
      />
    );
  }
  if (choice.which !== 'campaign') return null;
  return (
    <ComboBox
      label={t('campaignField')}
      className="mt-4"
      options={(options.campaigns ?? []).map(({ id, name }) => ({ id, label: name }))}
      value={choice.campaignId}
      onChange={choice.setCampaignId}
      placeholder={t('campaignPlaceholder')}
      openLabel={t('open')}
      emptyText={t('noCampaigns')}
      isDisabled={isDisabled}
    />
  );
}

function Rule({ options }: { options: ImportOptions }) {
  const t = useTranslations('imports.choose');
  const { hasLimit, segmentName, salesforceChanges } = options;
  return (
    <Alert tone="info" className="mt-6">
      <p>{hasLimit ? t('rule', { segment: segmentName ?? t('unnamed') }) : t('noLimit')}</p>
      {salesforceChanges === 'do_nothing' && <p className="mt-1">{t('alwaysCreates')}</p>}
    </Alert>
  );
}
