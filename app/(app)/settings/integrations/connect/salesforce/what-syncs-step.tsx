'use client';

import { useTranslations } from 'next-intl';
import { WizardStep } from '#components/connections/wizard-frame.tsx';
import { Button } from '#components/ui/button.tsx';
import { RadioCards } from '#components/ui/radio-cards.tsx';
import { LimitField } from './limit-field.tsx';
import { OwnRules } from './own-rules.tsx';
import { type Choices, recommended } from './use-choices.ts';
import { useRuleWords } from './use-rule-words.ts';

export interface WhatSyncsStepProps {
  choices: Choices;
  mappingCount: number;
  takesFocus: boolean;
  onNext: () => void;
  onBack: () => void;
}

/** Step 3: what happens on each side, and which contacts sync at all. */
export function WhatSyncsStep({ choices, mappingCount, takesFocus, onNext, onBack }: WhatSyncsStepProps) {
  const t = useTranslations('connections.wizard');
  const common = useTranslations('common');
  return (
    <WizardStep
      title={t('whatSyncs')}
      description={t('whatSyncsText')}
      takesFocus={takesFocus}
      footer={
        <>
          <Button variant="primary" onPress={onNext}>
            {common('next')}
          </Button>
          <Button variant="tertiary" onPress={onBack}>
            {common('back')}
          </Button>
        </>
      }
    >
      <RadioCards
        label={t('whatSyncs')}
        isLabelHidden
        value={choices.mode}
        onChange={choices.setMode}
        options={[
          {
            id: 'recommended',
            label: t('recommended'),
            description: t('recommendedText'),
            content: choices.mode === 'recommended' && <RecommendedRules mappingCount={mappingCount} />,
          },
          { id: 'own', label: t('chooseMyself'), description: t('chooseMyselfText') },
        ]}
      />
      {choices.mode === 'own' && <OwnRules rules={choices.rules} onChange={choices.setRule} />}
      <div className="mt-7 border-line border-t pt-6">
        <LimitField choices={choices} />
      </div>
    </WizardStep>
  );
}

/** Inside a label, so all of it is phrasing content. */
function RecommendedRules({ mappingCount }: { mappingCount: number }) {
  const t = useTranslations('connections.wizard');
  const { answers } = useRuleWords();
  const rows = answers(recommended).map(({ key, question, answer }) => ({
    key: String(key),
    question,
    answer,
  }));
  if (mappingCount > 0) {
    rows.push({ key: 'mappings', question: t('properties'), answer: t('mappings', { count: mappingCount }) });
  }
  return (
    <span className="mt-3 block border-accent-edge border-t">
      {rows.map(({ key, question, answer }) => (
        <span
          key={key}
          className="grid gap-x-4 border-accent-edge border-b py-2 text-small last:border-b-0 last:pb-0 md:grid-cols-2"
        >
          <span className="text-text-subtle">{question}</span>
          <span>{answer}</span>
        </span>
      ))}
    </span>
  );
}
