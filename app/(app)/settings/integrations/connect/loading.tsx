import { useTranslations } from 'next-intl';
import { HeadSkeleton } from '#app/(app)/settings/shared/head-skeleton.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';

export default function Loading() {
  const label = useTranslations('common')('loading');
  return (
    <>
      <HeadSkeleton hasTile />
      <PageBody>
        <Skeleton label={label} className="max-w-[720px]">
          <SkeletonBlock className="mt-3 h-6 w-full" />
          <SkeletonBlock className="mt-8 h-6 w-40" />
          <SkeletonBlock className="mt-4 h-56 w-full" />
        </Skeleton>
      </PageBody>
    </>
  );
}
