import { LoaderCircle } from 'lucide-react';

/** Decorative: the word beside it tells the state. Gone when reduced motion is wanted. */
export function Spinner({ size = 16, className = '' }: { size?: number; className?: string }) {
  return (
    <LoaderCircle
      size={size}
      aria-hidden
      className={`shrink-0 animate-spin motion-reduce:hidden ${className}`}
    />
  );
}
