import { splitMatches } from './match.ts';

/** Text with the searched letters marked. */
export function MarkedText({ text, query }: { text: string; query: string }) {
  return splitMatches(text, query).map((part) =>
    part.isMatch ? <mark key={part.start}>{part.text}</mark> : <span key={part.start}>{part.text}</span>,
  );
}
