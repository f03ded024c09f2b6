/** First in the document; seen only while focused. Leads to `Main`. */
export function SkipLink({ label }: { label: string }) {
  return (
    <a
      href="#main"
      className="fixed top-[-60px] left-3 z-50 rounded-control bg-surface px-3.5 py-2.5 text-label shadow-300 focus:top-1"
    >
      {label}
    </a>
  );
}
