import { useTranslations } from 'next-intl';
import { PageBody } from '#components/shell/page-body.tsx';
import { SkeletonTable } from '#components/ui/skeleton.tsx';

export default function Loading() {
  const label = useTranslations('common')('loading');
  return (
    <PageBody isWide>
      <SkeletonTable label={label} rows={12} columns={4} />
    </PageBody>
  );
}
