'use client';

import { parseDateTime, toZoned } from '@internationalized/date';
import { useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DateField } from '#components/ui/date-field.tsx';

/** A moment in the reader's time zone, whose settings are to be shown. */
export function AsOfJump({ onGo }: { onGo: (asOf: string) => void }) {
  const t = useTranslations('history');
  const timeZone = useTimeZone() ?? 'UTC';
  const [value, setValue] = useState<string | null>(null);
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) onGo(toZoned(parseDateTime(value), timeZone).toAbsoluteString());
      }}
    >
      <span aria-hidden className="text-text-subtle">
        {t('jump.title')}
      </span>
      <DateField label={t('jump.title')} isLabelHidden hasTime value={value} onChange={setValue} />
      <Button type="submit" variant="secondary" isDisabled={value === null}>
        {t('jump.go')}
      </Button>
    </form>
  );
}
