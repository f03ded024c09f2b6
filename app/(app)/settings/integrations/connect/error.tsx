'use client';

import { LoadError } from '#app/(app)/settings/shared/load-error.tsx';

export default function ConnectError({ reset }: { reset: () => void }) {
  return <LoadError reset={reset} />;
}
