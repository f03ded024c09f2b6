import type { ObjectStore } from '../objects/object-store.ts';
import { badValues, type ValueProblem } from '../objects/validate.ts';

/** A rule that an admin set for the values of a property. */
export interface ValidationRule {
  ruleType: string;
  ruleArguments: string[];
}

type Check = (value: string, args: readonly string[]) => boolean;

const domainOf = (value: string) => value.slice(value.lastIndexOf('@') + 1).toLowerCase();
const CHARACTERS: Record<string, RegExp> = {
  NUMERIC_ONLY: /^\p{N}*$/u,
  ALPHABETIC_ONLY: /^\p{L}*$/u,
  ALPHANUMERIC: /^[\p{L}\p{N}]*$/u,
};

/** Rule types that are enforced here, by HubSpot's names. */
const checks: Readonly<Record<string, Check>> = {
  MIN_LENGTH: (value, [least]) => value.length >= Number(least),
  MAX_LENGTH: (value, [most]) => value.length <= Number(most),
  MIN_NUMBER: (value, [least]) => Number(value) >= Number(least),
  MAX_NUMBER: (value, [most]) => Number(value) <= Number(most),
  REGEX: (value, [pattern = '']) => new RegExp(`^(?:${pattern})$`, 'u').test(value),
  ALPHANUMERIC: (value, [kind = 'ALPHANUMERIC']) => CHARACTERS[kind]?.test(value) ?? true,
  EMAIL_ALLOWED_DOMAINS: (value, domains) => domains.includes(domainOf(value)),
  EMAIL_BLOCKED_DOMAINS: (value, domains) => !domains.includes(domainOf(value)),
};

const rulesOf = (store: ObjectStore) =>
  store.portal.collection<ValidationRule[]>(`validations/${store.type.id}`);

/** Sets the rules of a property, an empty list none. Throws an Error for a property or rule that is not known. */
export function setValidations(store: ObjectStore, name: string, rules: readonly ValidationRule[]) {
  if (!store.property(name)) throw new Error(`There is no property ${name}.`);
  for (const { ruleType, ruleArguments } of rules) {
    if (!checks[ruleType]) throw new Error(`There is no rule of type ${ruleType} here.`);
    if (!Array.isArray(ruleArguments)) throw new Error('ruleArguments is a list of texts.');
    if (ruleType === 'REGEX') new RegExp(ruleArguments[0] ?? '', 'u');
  }
  if (rules.length === 0) rulesOf(store).delete(name);
  else rulesOf(store).set(name, [...rules]);
}

/** Throws the 400 that names every value its property's rules refuse; an empty value meets any rule. */
export function checkValidations(store: ObjectStore, values: object) {
  const problems: ValueProblem[] = [];
  for (const [rawName, raw] of Object.entries(values)) {
    const name = rawName.toLowerCase();
    const value = raw === null || raw === undefined ? '' : String(raw);
    if (value === '') continue;
    for (const { ruleType, ruleArguments } of rulesOf(store).get(name) ?? []) {
      if (checks[ruleType]?.(value, ruleArguments)) continue;
      const message = `${value} does not meet the validation rule ${ruleType} of property "${name}"`;
      const problem = { isValid: false as const, error: `${ruleType}_VALIDATION_FAILED`, name };
      problems.push({ ...problem, message, localizedErrorMessage: message, portalId: store.portal.id });
    }
  }
  if (problems.length > 0) throw badValues(problems);
}
