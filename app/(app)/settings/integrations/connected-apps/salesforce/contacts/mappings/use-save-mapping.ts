'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiError } from '#lib/core/api-client.ts';
import { addMappingMutation, changeMappingMutation, mappingsQuery } from '#lib/mappings/queries.ts';
import {
  type MappingsView,
  type MappingView,
  mappingsViewSchema,
  type NewMapping,
} from '#lib/mappings/schemas.ts';

/** Why a save did not happen. `theirs`: the mapping as somebody else left it meanwhile. */
export type SaveProblem =
  | { kind: 'conflict'; theirs: MappingView; mine: NewMapping }
  | { kind: 'gone' }
  | { kind: 'failed'; reason: string };

/** Saves a new or changed mapping; a newer version by somebody else is shown before it is overwritten. */
export function useSaveMapping(id: string | null, onSaved: (view: MappingsView, saved: NewMapping) => void) {
  const t = useTranslations('mappings');
  const client = useQueryClient();
  const add = useMutation(addMappingMutation());
  const change = useMutation(changeMappingMutation());
  const [problem, setProblem] = useState<SaveProblem | null>(null);

  async function save(mapping: NewMapping, version: number): Promise<void> {
    setProblem(null);
    try {
      const view =
        id === null ? await add.mutateAsync(mapping) : await change.mutateAsync({ id, ...mapping, version });
      client.setQueryData(mappingsQuery().queryKey, view);
      onSaved(view, mapping);
    } catch (error) {
      setProblem(problemOf(error, mapping, id) ?? { kind: 'failed', reason: reasonOf(error, t('failed')) });
    }
  }

  function keepTheirs(): void {
    setProblem(null);
    void client.invalidateQueries({ queryKey: mappingsQuery().queryKey });
  }

  return { save, keepTheirs, problem, isSaving: add.isPending || change.isPending };
}

function problemOf(error: unknown, mine: NewMapping, id: string | null): SaveProblem | null {
  if (!(error instanceof ApiError)) return null;
  if (error.problem.code === 'not_found') return { kind: 'gone' };
  if (error.problem.code !== 'version_conflict') return null;
  const view = mappingsViewSchema.safeParse(error.problem.current);
  const theirs = view.data?.mappings.find((mapping) => mapping.id === id);
  return theirs ? { kind: 'conflict', theirs, mine } : { kind: 'gone' };
}

export function reasonOf(error: unknown, otherwise: string): string {
  return error instanceof ApiError ? error.message : otherwise;
}
