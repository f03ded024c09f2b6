import { useTranslations } from 'next-intl';
import { HeadSkeleton } from '#app/(app)/settings/shared/head-skeleton.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';

export default function Loading() {
  const label = useTranslations('common')('loading');
  return (
    <>
      <HeadSkeleton />
      <PageBody isSpacious>
        <SkeletonTable label={label} rows={2} columns={4} />
        <SkeletonTable label={label} rows={6} columns={5} />
      </PageBody>
    </>
  );
}
