'use client';

import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { FilterPicker } from '#components/segments/filter-picker.tsx';
import { roundEstimate } from '#components/segments/preview-pane.tsx';
import { useFilterWords } from '#components/segments/use-filter-words.ts';
import { EditorShell } from '#components/shell/editor-shell.tsx';
import { showToast } from '#components/ui/toast.tsx';
import * as edit from '#lib/segments/filter/edit.ts';
import { fromEditor } from '#lib/segments/filter/editor-model.ts';
import { emptyBranch } from '#lib/segments/filter/model.ts';
import { segmentKeys } from '#lib/segments/queries.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import { DraftNotice } from './draft-notice.tsx';
import { DraftStatus, EditorActions, EditorTags } from './editor-bar.tsx';
import { exitOf, type SegmentEditorProps } from './editor-props.ts';
import { type Asking, EditorQuestions } from './editor-questions.tsx';
import { FiltersPane } from './filters-pane.tsx';
import { PreviewSide } from './preview-side.tsx';
import { countProblems } from './problem-of.ts';
import { ReviewStep } from './review-step.tsx';
import { readLocalDraft, useDraft } from './use-draft.ts';
import { newId, useFilters } from './use-filters.ts';
import { useInsight } from './use-insight.ts';
import { useOpenFilter } from './use-open-filter.ts';
import { usePreview } from './use-preview.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTestContact } from './use-test-contact.ts';

export type EditorPageProps = SegmentEditorProps & { parts: FilterParts };

/** The editor with everything it needs: filters at the left, who matches at the right. */
export function EditorPage(props: EditorPageProps) {
  const { detail, parts, isForSalesforce } = props;
  const t = useTranslations('segments.editor');
  const shell = useTranslations('shell');
  const format = useFormatter();
  const router = useRouter();
  const queryClient = useQueryClient();
  const isRefreshing = useIsFetching({ queryKey: segmentKeys.parts }) > 0;

  const savedBranch = useMemo(() => detail?.filterBranch ?? emptyBranch(), [detail]);
  const savedName = detail?.segment.name ?? (props.suggestedName || t('untitled'));
  const [draft, setDraft] = useState(props.draft);
  const [name, setName] = useState(draft?.name || savedName);
  const filters = useFilters(draft?.filterBranch ?? savedBranch);
  const { model, branch } = filters;
  const [isEdited, setEdited] = useState(draft !== null);
  const isDirty = isEdited || name !== savedName || filters.canUndo;
  const listId = detail?.segment.listId ?? '';
  const kept = useDraft({ listId, name, filterBranch: branch }, isDirty);

  const words = useFilterWords(parts);
  const open = useOpenFilter(filters, parts.timeZone);
  const counted = edit.withoutEmptyGroups(model);
  const preview = usePreview(
    filters.isOpaque ? branch : counted.groups.length === 0 ? null : fromEditor(counted),
  );
  const test = useTestContact(model, words.words, open.focusItem);
  const [pane, setPane] = useState<'filters' | 'preview'>(props.misses ? 'preview' : 'filters');
  const [asking, setAsking] = useState<Asking>(null);
  const [isReviewing, setReviewing] = useState(false);

  // What the server could not be told before this page was closed is still in the browser.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the editor opens.
  useEffect(() => {
    const local = readLocalDraft(listId);
    if (!local) return;
    setName(local.name || savedName);
    filters.restart(local.filterBranch);
    setEdited(true);
  }, []);

  const insight = useInsight({
    ...{ filters, words, open, listId, misses: props.misses },
    onPreview: () => setPane('preview'),
    onFilters: () => setPane('filters'),
  });

  const problems = countProblems(model, parts, insight.lints);
  const hasFilter = filters.isOpaque || edit.countVisible(model) > 0;
  const blocked = !hasFilter
    ? t('needFilter')
    : problems > 0
      ? t('problemCount', { count: problems })
      : undefined;
  const review = () => {
    if (open.at) {
      showToast({ tone: 'caution', title: t('applyFirst') });
      document.querySelector<HTMLElement>('[data-editing-filter] button')?.focus();
    } else if (!blocked) setReviewing(true);
  };
  useShortcuts({ onUndo: filters.undo, onRedo: filters.redo, onReview: review });

  const leave = () => router.push(exitOf(props));
  const startOver = () => {
    filters.restart(savedBranch);
    setName(savedName);
    setDraft(null);
    setEdited(false);
    open.close();
    void kept.forget();
  };
  const picking = model.groups.findIndex(({ id }) => id === open.pickingFor);
  const count = preview.state.kind === 'counted' ? format.number(roundEstimate(preview.state.count)) : '…';

  return (
    <EditorShell
      skipLabel={shell('skip')}
      exit={{ label: t('exit'), onPress: () => (isDirty ? setAsking('leave') : leave()) }}
      name={name}
      rename={{
        buttonLabel: t('editName'),
        fieldLabel: t('nameField'),
        onRename: (next) => setName(next.slice(0, 100)),
      }}
      tags={<EditorTags isForSalesforce={isForSalesforce} />}
      status={<DraftStatus state={kept.state} />}
      actions={
        <EditorActions
          canUndo={filters.canUndo}
          canRedo={filters.canRedo}
          isDirty={isDirty}
          onUndo={filters.undo}
          onRedo={filters.redo}
          onDiscard={() => setAsking('leave')}
          onReview={review}
          blocked={blocked}
        />
      }
    >
      <div className="flex min-w-0 flex-1 flex-col lg:flex-row">
        <PaneTabs pane={pane} onPane={setPane} count={count} />
        <div
          className={clsx(
            'relative min-h-0 shrink-0 flex-col border-line bg-surface lg:flex lg:w-[480px] lg:border-r',
            pane === 'filters' ? 'flex max-lg:flex-1' : 'hidden',
          )}
        >
          <div className="flex min-h-0 flex-1 flex-col" inert={picking >= 0}>
            <FiltersPane
              {...{ filters, parts, words, open, insight }}
              hubspotHref={detail?.hubspotUrl}
              onClearAll={() => setAsking('clear')}
              notice={
                draft && (
                  <DraftNotice
                    draft={draft}
                    detail={detail}
                    onStartOver={startOver}
                    onClose={() => setDraft(null)}
                  />
                )
              }
            />
          </div>
          {picking >= 0 && (
            <FilterPicker
              groupNumber={picking + 1}
              parts={parts}
              recent={open.recent}
              onPick={open.picked}
              onClose={open.closePicker}
              onRefresh={() => void queryClient.refetchQueries({ queryKey: segmentKeys.parts })}
              isRefreshing={isRefreshing}
            />
          )}
        </div>
        <div className={clsx('min-h-0 min-w-0 flex-1 lg:flex', pane === 'preview' ? 'flex' : 'hidden')}>
          <PreviewSide
            {...{ preview, insight, test, filters, words }}
            timeZone={parts.timeZone}
            onChange={open.close}
          />
        </div>
      </div>
      <EditorQuestions
        asking={asking}
        onClose={() => setAsking(null)}
        onKeep={leave}
        onDiscard={() => void kept.discard().finally(leave)}
        onClear={() => {
          open.close();
          filters.change((now) => edit.clearAll(now, newId));
          setAsking(null);
        }}
      />
      <ReviewStep
        isOpen={isReviewing}
        onClose={() => setReviewing(false)}
        {...{ detail, parts, isForSalesforce, name }}
        onName={setName}
        filterBranch={filters.isOpaque ? branch : fromEditor(counted)}
        filters={edit.countVisible(counted)}
        groups={counted.groups.length}
        estimate={preview.state.kind === 'counted' ? roundEstimate(preview.state.count) : null}
        lints={insight.lints}
        onWho={(who) => {
          setReviewing(false);
          insight.showWho(who);
        }}
        beforeSave={kept.flush}
        onSaved={kept.end}
        onLoadNewer={(newer) => {
          if (newer.filterBranch) filters.restart(newer.filterBranch);
          setReviewing(false);
        }}
      />
    </EditorShell>
  );
}

/** Below 1100 px the two panes take turns. */
function PaneTabs(props: {
  pane: 'filters' | 'preview';
  onPane: (pane: 'filters' | 'preview') => void;
  count: string;
}) {
  const t = useTranslations('segments.editor');
  const tab = (id: 'filters' | 'preview', label: string) => (
    <button
      type="button"
      role="tab"
      aria-selected={props.pane === id}
      onClick={() => props.onPane(id)}
      className={clsx(
        'h-11.5 flex-1 border-b-3 pt-[3px] focus-visible:-outline-offset-2',
        props.pane === id ? 'border-text font-semibold' : 'border-transparent text-text-subtle',
      )}
    >
      {label}
    </button>
  );
  return (
    <div role="tablist" aria-label={t('panes')} className="flex shrink-0 border-line border-b px-4 lg:hidden">
      {tab('filters', t('filters'))}
      {tab('preview', t('previewTab', { count: props.count }))}
    </div>
  );
}
