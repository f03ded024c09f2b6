/** What reads an answer, or throws; a zod schema is one. */
export interface Check<T> {
  parse(answer: unknown): T;
}

/** A check, or how it is fetched. */
export type Answer<T> = Check<T> | (() => Promise<Check<T>>);

/**
 * The schemas of a feature by name, for its queries. They are no part of what a page needs at first: the browser
 * fetches them beside the first answer that must be read.
 */
export function answersOf<Schemas>(load: () => Promise<Schemas>) {
  return <Name extends keyof Schemas>(name: Name) =>
    (): Promise<Schemas[Name]> =>
      load().then((schemas) => schemas[name]);
}

/** An answer that says no more than that it worked. */
export const nothing: Check<null> = {
  parse(answer) {
    if (answer !== null) throw new TypeError('The answer should have been null.');
    return answer;
  },
};
