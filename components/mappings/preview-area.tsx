'use client';

import { useTranslations } from 'next-intl';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import type { MappingPreview } from '#lib/mappings/schemas.ts';
import { PreviewCounts, PreviewTable } from './preview-table.tsx';

export type PreviewState =
  | { kind: 'loading' }
  | { kind: 'failed'; reason: string }
  | { kind: 'ready'; preview: MappingPreview };

/** What the chosen rule does to real people, while it is being asked and when it can't be told. */
export function PreviewArea({ state, rule }: { state: PreviewState; rule: keyof MappingPreview['counts'] }) {
  const t = useTranslations('mappings.panel');
  const count = state.kind === 'ready' ? state.preview.people.length : 0;
  return (
    <section aria-labelledby="mapping-preview">
      <h3 id="mapping-preview" className="mb-2 text-label">
        {t('preview', { count })}
      </h3>
      {state.kind === 'loading' && (
        <Skeleton label={t('counting')} className="grid gap-2">
          {['w-full', 'w-4/5', 'w-3/5'].map((width) => (
            <SkeletonBlock key={width} className={`h-8 ${width}`} />
          ))}
        </Skeleton>
      )}
      {state.kind === 'failed' && (
        <p role="status" className="text-small text-text-subtle">
          {t('previewFailed', { reason: state.reason })}
        </p>
      )}
      {state.kind === 'ready' && (
        <>
          <PreviewTable preview={state.preview} rule={rule} />
          <PreviewCounts preview={state.preview} rule={rule} />
        </>
      )}
    </section>
  );
}
