'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { SwitchPeople } from '#app/(app)/settings/shared/switch-people.tsx';
import { SwitchCountdown } from '#components/contact-sync/switch-countdown.tsx';
import { SwitchFrame, type SwitchFrameProps } from '#components/contact-sync/switch-frame.tsx';
import { countsOfGroups } from '#components/contact-sync/switch-numbers.tsx';
import { BackButton } from '#components/ui/back-button.tsx';
import type { SwitchGroup, SwitchPreview } from '#lib/insight/schemas.ts';
import type { Switch } from './use-switch.ts';

/** The people behind one of the numbers. */
export function SwitchPeopleSide(props: {
  frame: Omit<SwitchFrameProps, 'title' | 'children' | 'headingRef'>;
  panel: Switch;
  preview: SwitchPreview;
  group: SwitchGroup;
}) {
  const { frame, panel, preview, group } = props;
  const t = useTranslations('switch');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      // Back to the row, once the numbers are there again.
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-group="${group}"]`)?.focus());
    };
  }, [group]);
  const { counts } = preview.count;
  const counted = counts ? countsOfGroups(counts)[group] : 0;
  const title = t.markup(`row.${group}`, { count: counted, n: (text) => text });
  return (
    <SwitchFrame
      {...frame}
      title={title}
      headingRef={heading}
      before={<BackButton onPress={panel.closeGroup}>{t('title')}</BackButton>}
      subtitle={t(`people.text.${group}`)}
    >
      {panel.secondsLeft > 0 && (
        <div className="px-6 pb-1">
          <SwitchCountdown secondsLeft={panel.secondsLeft} />
        </div>
      )}
      <SwitchPeople of={{ changeId: preview.changeId }} group={group} counted={counted} />
    </SwitchFrame>
  );
}
