import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';

/** The head of a page while it loads, in the shape that it will have. */
export function HeadSkeleton({ hasTile, hasTabs }: { hasTile?: boolean; hasTabs?: boolean }) {
  const label = useTranslations('common')('loading');
  return (
    <Skeleton
      label={label}
      className={clsx('border-line border-b px-10 pt-5.5 max-md:px-4 max-md:pt-3', !hasTabs && 'pb-5')}
    >
      {hasTile && <SkeletonBlock className="h-5 w-32" />}
      <div className={clsx('flex items-center gap-3.5', hasTile && 'mt-2.5')}>
        {hasTile && <SkeletonBlock className="size-11" />}
        <div className="min-w-0 flex-1">
          <SkeletonBlock className="h-7 w-52 max-w-full" />
          <SkeletonBlock className="mt-2 h-4 w-80 max-w-full" />
        </div>
      </div>
      {hasTabs && <SkeletonBlock className="mt-7 mb-3 h-4 w-24" />}
    </Skeleton>
  );
}
