'use client';

import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

/** The way back from what took the place of a panel's content. */
export function BackButton({ children, onPress }: { children: ReactNode; onPress: () => void }) {
  return (
    <Button variant="link" onPress={onPress} icon={<ChevronLeft size={14} aria-hidden />}>
      {children}
    </Button>
  );
}
