'use client';

import { useTranslations } from 'next-intl';
import { WizardStep } from '#components/connections/wizard-frame.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { useBegin } from './use-begin.ts';
import type { Choices } from './use-choices.ts';
import { useRuleWords } from './use-rule-words.ts';

export interface ReviewStepProps {
  choices: Choices;
  connection: ConnectionView;
  onBack: () => void;
}

/** Step 4: all of it once more, then it is saved. */
export function ReviewStep({ choices, connection, onBack }: ReviewStepProps) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const items = useReview(choices, connection);
  const { begin, isSaving, error } = useBegin(choices);
  return (
    <WizardStep
      title={t('wizard.review')}
      description={t('wizard.reviewText')}
      takesFocus
      footer={
        <>
          <Button variant="primary" onPress={begin} isBusy={isSaving} busyLabel={common('saving')}>
            {t('wizard.begin')}
          </Button>
          <Button variant="tertiary" onPress={onBack} isDisabled={isSaving}>
            {common('back')}
          </Button>
        </>
      }
    >
      <DefinitionList items={items} />
      {error !== null && (
        <Alert tone="danger" role="alert" className="mt-4">
          {t('wizard.saveFailed', { reason: error })}
        </Alert>
      )}
    </WizardStep>
  );
}

function useReview({ view, rules, limit }: Choices, connection: ConnectionView) {
  const t = useTranslations('connections');
  const settings = useTranslations('settings.limit');
  const { answers } = useRuleWords();
  const { accountName, accountId, sandbox, username, api } = connection;
  const kind = sandbox ? t('sandbox') : t('production');
  const size = limit.listId === null ? view.contactCount : limit.size;
  return [
    { term: t('wizard.connectedAs'), value: username },
    { term: t('wizard.organisation'), value: `${accountName ?? accountId}, ${kind}` },
    ...answers(rules).map(({ short, answer }) => ({ term: short, value: answer })),
    {
      term: t('wizard.limit'),
      value: size === null ? limit.name : `${limit.name} · ${settings('size', { count: size })}`,
    },
    ...(api
      ? [
          {
            term: t('wizard.apiCalls'),
            value: t('wizard.apiCallsText', {
              allocated: view.values.apiAllocation ?? Math.floor(api.limit / 5),
              limit: api.limit,
            }),
          },
        ]
      : []),
  ];
}
