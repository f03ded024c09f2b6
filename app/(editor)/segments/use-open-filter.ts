'use client';

import { useEffect, useRef, useState } from 'react';
import type { PickedFilter } from '#components/segments/filter-picker-list.tsx';
import type { Condition } from '#lib/segments/filter/condition.ts';
import * as edit from '#lib/segments/filter/edit.ts';
import { conditionOf, type EditorItem } from '#lib/segments/filter/editor-model.ts';
import { operatorsOf } from '#lib/segments/property-types.ts';
import { type Filters, newId } from './use-filters.ts';

const recentKept = 5;

export type OpenFilter = ReturnType<typeof useOpenFilter>;

/** The one filter being edited or added, and where the focus goes afterwards. */
export function useOpenFilter(filters: Filters, zoneId: string) {
  const [at, setAt] = useState<{ groupId: string; itemId: string | null; condition: Condition } | null>(null);
  const [pickingFor, setPickingFor] = useState<string | null>(null);
  const [recent, setRecent] = useState<NonNullable<PickedFilter>[]>([]);
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const opener = useRef<HTMLElement | null>(null);

  useEffect(() => {
    if (focusOn === null) return;
    document.getElementById(focusOn)?.focus();
    setFocusOn(null);
  }, [focusOn]);

  const toOpener = () => requestAnimationFrame(() => opener.current?.focus());

  return {
    at,
    pickingFor,
    recent,
    /** Opens the picker for a group. */
    pick: (groupId: string, button: HTMLElement | null) => {
      opener.current =
        button ?? (document.activeElement instanceof HTMLElement ? document.activeElement : null);
      setAt(null);
      setPickingFor(groupId);
    },
    closePicker: () => {
      setPickingFor(null);
      toOpener();
    },
    picked: (filter: PickedFilter) => {
      if (pickingFor === null) return;
      const operator = operatorsOf[filter?.property.type ?? 'segment'][0] ?? 'known';
      const property = filter?.property.name ?? null;
      const object = filter && filter.object !== 'contact' ? { object: filter.object } : {};
      setAt({
        groupId: pickingFor,
        itemId: null,
        condition: { ...object, property, operator, values: [], includeBlank: false },
      });
      if (filter) {
        const isSame = (other: NonNullable<PickedFilter>) =>
          other.object === filter.object && other.property.name === property;
        setRecent((former) => [filter, ...former.filter((other) => !isSame(other))].slice(0, recentKept));
      }
      setPickingFor(null);
    },
    edit: (groupId: string, item: EditorItem) => {
      const condition = conditionOf(item);
      if (condition) setAt({ groupId, itemId: item.id, condition });
    },
    apply: (condition: Condition) => {
      if (!at) return;
      const { groupId, itemId } = at;
      if (itemId === null) filters.change((now) => edit.addFilter(now, groupId, condition, zoneId, newId));
      else filters.change((now) => edit.replaceFilter(now, groupId, itemId, condition, zoneId));
      setAt(null);
      if (itemId === null) toOpener();
      else setFocusOn(itemId);
    },
    cancel: () => {
      if (!at) return;
      setAt(null);
      if (at.itemId === null) toOpener();
      else setFocusOn(at.itemId);
    },
    /** Closes whatever is open, when the filters under it change as a whole. */
    close: () => setAt(null),
    focusItem: (id: string) => setFocusOn(id),
  };
}
