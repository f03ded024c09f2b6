/** A time in words ("2 minutes ago") with the exact one at hand. Both strings come formatted. */
export function RelativeTime({ text, exact, dateTime }: { text: string; exact: string; dateTime: string }) {
  return (
    <time dateTime={dateTime} title={exact} className="tabular-nums">
      {text}
    </time>
  );
}
