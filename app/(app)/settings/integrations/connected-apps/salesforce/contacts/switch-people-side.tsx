'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { SwitchCountdown } from '#components/contact-sync/switch-countdown.tsx';
import { SwitchFrame, type SwitchFrameProps } from '#components/contact-sync/switch-frame.tsx';
import { countsOfGroups } from '#components/contact-sync/switch-numbers.tsx';
import { SwitchPeopleList } from '#components/contact-sync/switch-people-list.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { switchExportHref, switchPeopleQuery } from '#lib/insight/queries.ts';
import type { SwitchGroup, SwitchPeopleQuery, SwitchPreview } from '#lib/insight/schemas.ts';
import { BackToNumbers } from './back-to-numbers.tsx';
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
  const [query, setQuery] = useState<SwitchPeopleQuery>({ group, q: '', side: 'all', page: 1 });
  const change = (changed: Partial<SwitchPeopleQuery>) => setQuery((former) => ({ ...former, ...changed }));
  const [search, setSearch] = usePausedText(query.q, (q) => change({ q, page: 1 }));
  const asked = { ...query, group };
  const { data, error, refetch } = useQuery(switchPeopleQuery(preview.changeId, asked));
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
      before={<BackToNumbers onPress={panel.closeGroup} />}
      subtitle={t(`people.text.${group}`)}
    >
      {panel.secondsLeft > 0 && (
        <div className="px-6 pb-1">
          <SwitchCountdown secondsLeft={panel.secondsLeft} />
        </div>
      )}
      <SwitchPeopleList
        group={group}
        counted={counted}
        data={data ?? null}
        failure={data ? null : (error?.message ?? null)}
        onRetry={() => void refetch()}
        search={search}
        onSearch={setSearch}
        query={asked}
        onQuery={change}
        exportHref={switchExportHref(preview.changeId, asked)}
      />
    </SwitchFrame>
  );
}
