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
        <Skeleton label={label}>
          <SkeletonBlock className="h-72 w-full" />
        </Skeleton>
      </PageBody>
    </>
  );
}
