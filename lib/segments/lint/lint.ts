import type { FilterBranch } from '../filter/model.ts';
import { gone, selfReferring, senseless, tooMany } from './broken.ts';
import { aboutOthers, blanks, misspelt, nobodyOrEveryone, unusedValues, withoutEmail } from './counted.ts';
import { type LintContext, type LintFacts, layOut } from './facts.ts';
import {
  accountDays,
  leavingByTime,
  mapped,
  movements,
  onlyHubSpot,
  segmentStates,
  staysForever,
} from './meaning.ts';
import { containedGroups, pairs } from './pairs.ts';
import type { Lint, LintLevel } from './schemas.ts';

const rules: ((context: LintContext) => Lint[])[] = [
  gone,
  senseless,
  selfReferring,
  tooMany,
  pairs,
  nobodyOrEveryone,
  blanks,
  mapped,
  withoutEmail,
  movements,
  segmentStates,
  misspelt,
  containedGroups,
  unusedValues,
  leavingByTime,
  staysForever,
  onlyHubSpot,
  accountDays,
  aboutOthers,
];

const order: LintLevel[] = ['stop', 'warn', 'note'];

/**
 * What is wrong with a segment's filters, or worth knowing before they are saved: the gravest first, then
 * from top to bottom. What rests on numbers or on the past is told only where those are given.
 */
export function lint(branch: FilterBranch, facts: LintFacts): Lint[] {
  const context = layOut(branch, facts);
  if (!context) return tooMany({ branch, groups: [], facts });
  const place = ({ path }: Lint) => (path.group ?? -1) * 1_000 + (path.item ?? -1);
  return rules
    .flatMap((rule) => rule(context))
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || place(a) - place(b) || a.id - b.id);
}
