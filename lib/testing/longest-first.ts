import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest. They are short: by their size they would begin last, and be alone at the end. */
const longest = ['real-histories.db', 'kills.db', 'histories', 'more-histories', 'collect-histories'];

/** Begins with the files that take longest, so that all processors have something to do until the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      longest.some((name) => moduleId.endsWith(`/lib/sync/testing/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
