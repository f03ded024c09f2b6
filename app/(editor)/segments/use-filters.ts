'use client';

import { useMemo, useReducer } from 'react';
import { type EditorModel, fromEditor, type NewId, toEditor } from '#lib/segments/filter/editor-model.ts';
import { type History, redo, startHistory, step, undo } from '#lib/segments/filter/history.ts';
import { emptyBranch, type FilterBranch } from '#lib/segments/filter/model.ts';

type Action =
  | { type: 'step'; change: (model: EditorModel) => EditorModel }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'restart'; model: EditorModel };

function reduce(history: History<EditorModel>, action: Action): History<EditorModel> {
  switch (action.type) {
    case 'step':
      return step(history, action.change(history.present));
    case 'undo':
      return undo(history);
    case 'redo':
      return redo(history);
    case 'restart':
      return startHistory(action.model);
  }
}

let lastId = 0;
/** Ids only tell rows apart on this page. */
export const newId: NewId = () => `row-${++lastId}`;

export type Filters = ReturnType<typeof useFilters>;

/** The filters being edited, with undo and redo. Null models are those that cannot be edited here. */
export function useFilters(start: FilterBranch) {
  const opened = useMemo(() => toEditor(start, newId), [start]);
  const [history, dispatch] = useReducer(
    reduce,
    opened ?? toEditor(emptyBranch(), newId),
    (model): History<EditorModel> => startHistory(model ?? { groups: [], origin: emptyBranch() }),
  );
  const branch = useMemo(
    () => (opened === null ? start : fromEditor(history.present)),
    [opened, start, history.present],
  );
  return {
    model: history.present,
    branch,
    isOpaque: opened === null,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (change: (model: EditorModel) => EditorModel) => dispatch({ type: 'step', change }),
    undo: () => dispatch({ type: 'undo' }),
    redo: () => dispatch({ type: 'redo' }),
    restart: (branch: FilterBranch) => {
      const model = toEditor(branch, newId);
      if (model) dispatch({ type: 'restart', model });
    },
  };
}
