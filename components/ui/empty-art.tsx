import type { ReactNode } from 'react';

function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg
      width="96"
      height="96"
      viewBox="0 0 96 96"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Rows of a list with a round picture each. */
export function ListArt() {
  return (
    <Drawing>
      <rect x="14" y="18" width="68" height="60" rx="6" />
      <path d="M14 34h68M14 56h68" />
      <circle cx="26" cy="45" r="5" />
      <circle cx="26" cy="67" r="5" />
      <path d="M38 43h30M38 48h18M38 65h26M38 70h14M24 26h20" />
    </Drawing>
  );
}

/** Two plugs that are not yet joined. */
export function ConnectArt() {
  return (
    <Drawing>
      <rect x="8" y="34" width="26" height="28" rx="6" />
      <rect x="62" y="34" width="26" height="28" rx="6" />
      <path d="M34 42h8M34 54h8M62 48h-8" />
      <path d="M47 30v6M47 60v6M50 44l-6 8" strokeDasharray="1 4" />
      <circle cx="21" cy="48" r="4" />
      <circle cx="75" cy="48" r="4" />
    </Drawing>
  );
}

/** A magnifying glass over nothing. */
export function SearchArt() {
  return (
    <Drawing>
      <circle cx="42" cy="42" r="22" />
      <path d="m58 58 20 20M33 42h18" />
      <path d="M70 22h10M75 17v10M16 74h8" />
    </Drawing>
  );
}
