'use client';

import { ChevronLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';

/** The way back from the people to the numbers. */
export function BackToNumbers({ onPress }: { onPress: () => void }) {
  const t = useTranslations('switch');
  return (
    <Button variant="link" onPress={onPress} icon={<ChevronLeft size={14} aria-hidden />}>
      {t('title')}
    </Button>
  );
}
