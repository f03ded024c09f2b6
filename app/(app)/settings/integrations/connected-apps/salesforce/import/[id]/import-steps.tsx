'use client';

import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PeoplePanel } from '#components/imports/people-panel.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import {
  importExportHref,
  importPeopleQuery,
  importQuery,
  importVerbMutation,
} from '#lib/imports/queries.ts';
import type { Import, PeopleGroup } from '#lib/imports/schemas.ts';
import { PreviewStep } from './preview-step.tsx';
import { ResultStep } from './result-step.tsx';
import { RunStep } from './run-step.tsx';

/** An import from its count to its result: the step follows from what has become of it. */
export function ImportSteps({ id }: { id: string }) {
  const { data: view } = useSuspenseQuery(importQuery(id));
  // Whoever comes while it is counted comes from the first step.
  const [firstStep] = useState(view.state === 'counting' ? null : stepOf(view));
  const [group, setGroup] = useState<PeopleGroup | null>(null);
  const act = useMutation(importVerbMutation(id));
  const step = stepOf(view);
  const shared = {
    view,
    takesFocus: step !== firstStep,
    onOpen: setGroup,
    act: act.mutate,
    isActing: act.isPending,
    failure: act.error?.message ?? null,
  };
  return (
    <>
      {step === 'preview' && <PreviewStep {...shared} />}
      {step === 'import' && <RunStep {...shared} />}
      {step === 'result' && <ResultStep {...shared} />}
      <People id={id} group={group} onClose={() => setGroup(null)} />
    </>
  );
}

export interface StepProps {
  view: Import;
  takesFocus: boolean;
  /** Opens the people behind a number. */
  onOpen: (group: PeopleGroup) => void;
  act: (verb: 'start' | 'stop' | 'resume' | 'finish') => void;
  isActing: boolean;
  failure: string | null;
}

function stepOf({ state }: Import): 'preview' | 'import' | 'result' {
  if (state === 'running' || state === 'stopped') return 'import';
  return state === 'ended' ? 'result' : 'preview';
}

function People({ id, group, onClose }: { id: string; group: PeopleGroup | null; onClose: () => void }) {
  const [{ of, search, page }, setQuery] = useState({ of: group, search: '', page: 1 });
  const [typed, type] = usePausedText(search, (text) => setQuery({ of, search: text, page: 1 }));
  // Another number begins with its own list.
  if (group !== null && of !== group) {
    setQuery({ of: group, search: '', page: 1 });
    type('');
  }
  const shown = group ?? 'create';
  const people = useQuery({
    ...importPeopleQuery(id, { group: shown, search, page }),
    enabled: group !== null,
  });
  return (
    <PeoplePanel
      group={group}
      onClose={onClose}
      data={people.data ?? null}
      failure={people.error?.message ?? null}
      onRetry={() => void people.refetch()}
      typed={typed}
      onType={type}
      search={search}
      page={page}
      onPage={(next) => setQuery({ of, search, page: next })}
      exportHref={importExportHref(id, shown)}
    />
  );
}
