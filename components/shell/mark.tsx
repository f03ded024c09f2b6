/** The product's mark: two overlapping circles, meant for the dark shell. Decorative. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" className="shrink-0">
      <circle cx="10.5" cy="14" r="7.5" className="fill-brand-a" />
      <circle cx="17.5" cy="14" r="7.5" className="fill-brand-b" />
      <path d="M14 7.37a7.5 7.5 0 0 1 0 13.26 7.5 7.5 0 0 1 0-13.26Z" className="fill-shell" />
    </svg>
  );
}
