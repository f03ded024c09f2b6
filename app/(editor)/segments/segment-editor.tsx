'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EditorShell } from '#components/shell/editor-shell.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import { filterPartsQuery } from '#lib/segments/queries.ts';
import { EditorPage } from './editor-page.tsx';
import { exitOf, type SegmentEditorProps } from './editor-props.ts';

/** The segment editor, once it is known what filters are made of. */
export function SegmentEditor(props: SegmentEditorProps) {
  const t = useTranslations('segments.editor');
  const common = useTranslations('common');
  const shell = useTranslations('shell');
  const parts = useQuery(filterPartsQuery());
  if (parts.data) return <EditorPage {...props} parts={parts.data} />;
  const name = props.draft?.name || props.detail?.segment.name || props.suggestedName || t('untitled');
  return (
    <EditorShell skipLabel={shell('skip')} exit={{ label: t('exit'), href: exitOf(props) }} name={name}>
      <div className="w-[480px] max-w-full p-6 max-md:p-4">
        {parts.isError ? (
          <Alert
            tone="danger"
            role="alert"
            title={t('loadError')}
            actions={
              <>
                <Button size="medium" onPress={() => void parts.refetch()}>
                  {common('tryAgain')}
                </Button>
                <ButtonLink size="medium" variant="tertiary" href={exitOf(props)}>
                  {t('exit')}
                </ButtonLink>
              </>
            }
          >
            {parts.error.message}
          </Alert>
        ) : (
          <Skeleton label={common('loading')} className="grid gap-4">
            <SkeletonBlock className="h-6 w-32" />
            <SkeletonBlock className="h-44 w-full" />
            <SkeletonBlock className="h-10 w-full" />
          </Skeleton>
        )}
      </div>
    </EditorShell>
  );
}
