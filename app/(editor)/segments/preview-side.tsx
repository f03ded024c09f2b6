'use client';

import { PreviewPane } from '#components/segments/preview-pane.tsx';
import { PreviewTabs } from '#components/segments/preview-tabs.tsx';
import { TestContact } from '#components/segments/test-contact.tsx';
import type { useFilterWords } from '#components/segments/use-filter-words.ts';
import { MissesTab } from './misses-tab.tsx';
import type { Filters } from './use-filters.ts';
import type { Insight } from './use-insight.ts';
import type { usePreview } from './use-preview.ts';
import type { useTestContact } from './use-test-contact.ts';

export interface PreviewSideProps {
  preview: ReturnType<typeof usePreview>;
  insight: Insight;
  test: ReturnType<typeof useTestContact>;
  filters: Filters;
  words: ReturnType<typeof useFilterWords>;
  timeZone: string;
  /** A filter is about to change under whoever edits it. */
  onChange: () => void;
}

/** The right pane: who matches, and in further tabs who nearly does. */
export function PreviewSide(props: PreviewSideProps) {
  const { preview, insight, test, filters, words, timeZone, onChange } = props;
  const { places, known, view, canMiss } = insight;
  const passing = view.tab === 'contacts' || view.tab === 'misses' ? null : view.tab;
  return (
    <PreviewPane
      state={preview.state}
      onRefresh={() => {
        preview.refresh();
        insight.recount();
      }}
      onPage={(page) => void preview.toPage(page)}
      optionLabel={words.optionLabel}
      test={<TestContact {...test} />}
      {...(canMiss || passing
        ? {
            tabs: (
              <PreviewTabs
                tab={view.tab}
                onTab={insight.setTab}
                misses={known?.sizes?.misses ?? null}
                hasMisses={canMiss}
                passing={passing}
              />
            ),
          }
        : {})}
      {...(view.tab !== 'contacts' && places
        ? {
            other: (
              <MissesTab
                kind={view.tab}
                listId={insight.listId}
                itemId={view.itemId}
                onItem={insight.onItem}
                sizes={known?.places.json === places.json ? known.sizes : null}
                {...{ places, filters, words, timeZone, onChange }}
              />
            ),
          }
        : {})}
    />
  );
}
