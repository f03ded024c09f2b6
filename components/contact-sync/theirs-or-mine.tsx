'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';

/** Somebody else changed the same setting meanwhile, as the text says: theirs stays, or mine is saved upon it. */
export function TheirsOrMine(props: { text: string; onKeep: () => void; onUseMine: () => void }) {
  const t = useTranslations('settings.limit');
  return (
    <Alert
      tone="caution"
      role="alert"
      actions={
        <>
          <Button variant="secondary" size="medium" onPress={props.onKeep}>
            {t('keepTheirs')}
          </Button>
          <Button variant="secondary" size="medium" onPress={props.onUseMine}>
            {t('useMine')}
          </Button>
        </>
      }
    >
      {props.text}
    </Alert>
  );
}
