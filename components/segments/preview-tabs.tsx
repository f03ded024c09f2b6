'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef } from 'react';

/** Tabs that are there only while they are looked at. */
export type PassingTab = 'leaving' | 'starting' | 'stopping' | 'flapping';
export type PreviewTab = 'contacts' | 'misses' | PassingTab;

export interface PreviewTabsProps {
  tab: PreviewTab;
  onTab: (tab: PreviewTab) => void;
  /** Null: not known. */
  misses: number | null;
  /** Leave out where nobody can miss only one filter. */
  hasMisses: boolean;
  passing: PassingTab | null;
}

export const previewPanelId = 'preview-panel';

/** Who matches, who nearly does, and while they are looked at who comes, goes or does both. */
export function PreviewTabs({ tab, onTab, misses, hasMisses, passing }: PreviewTabsProps) {
  const t = useTranslations('segmentLint.tabs');
  const list = useRef<HTMLDivElement>(null);
  const tabs: [PreviewTab, string][] = [
    ['contacts', t('contacts')],
    ...(hasMisses
      ? [
          ['misses', misses === null ? t('misses') : t('missesCount', { count: misses })] as [
            PreviewTab,
            string,
          ],
        ]
      : []),
    ...(passing ? [[passing, t(passing)] as [PreviewTab, string]] : []),
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(([id]) => id === tab);
    const next = (at + by + tabs.length) % tabs.length;
    const [id] = tabs[next] ?? [];
    if (id) onTab(id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={t('label')}
      onKeyDown={onKeyDown}
      className="mt-4 flex gap-1 border-line border-b"
    >
      {tabs.map(([id, label]) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={tab === id}
          aria-controls={previewPanelId}
          tabIndex={tab === id ? 0 : -1}
          onClick={() => onTab(id)}
          className={clsx(
            'h-10 border-b-3 px-3 pt-[3px] tabular-nums focus-visible:-outline-offset-2',
            tab === id ? 'border-text font-semibold' : 'border-transparent text-text-subtle hover:text-text',
          )}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
