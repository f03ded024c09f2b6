'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { isActive } from '#lib/sync/rules.ts';
import type { Run } from '#lib/sync/schemas.ts';

/** Said at the start, at each quarter and at the end, not at every contact. */
export function RunNews({ run }: { run: Run | undefined }) {
  const t = useTranslations('sync');
  const format = useFormatter();
  const watched = useRef<string>(undefined);
  const [text, setText] = useState('');
  const quarter = run?.total ? Math.floor((run.processed / run.total) * 4) : 0;
  const active = run ? isActive(run) : false;
  useEffect(() => {
    if (!run) return;
    if (active) {
      setText(quarter === 0 ? t('started') : t('startedProgress', { percent: format.number(quarter * 25) }));
      watched.current = run.id;
    } else if (watched.current === run.id) setText(t('ended'));
  }, [run, active, quarter, t, format]);
  return (
    <VisuallyHidden>
      <span role="status">{text}</span>
    </VisuallyHidden>
  );
}
