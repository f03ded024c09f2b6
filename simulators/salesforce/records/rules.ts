import type { AssignmentRule, DuplicateRule } from '../config.ts';
import { ApiError, recordError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { Access } from '../metadata/access.ts';
import type { SObject } from '../metadata/types.ts';
import { meetsCondition } from '../soql/engine.ts';
import { ruleScope, type Save, type WriteContext } from './context.ts';
import { attributes } from './read.ts';

const isActive = (rule: { active?: boolean }) => rule.active !== false;
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function holds(ctx: WriteContext, save: Save, condition: string): boolean {
  const access = new Access(ctx.org.schema);
  return meetsCondition(ruleScope(ctx, access, condition), save.info, save.row);
}

/** The admin's validation rules: all that fail are told at once. */
export function checkValidation(ctx: WriteContext, save: Save): void {
  const rules = (ctx.org.config.current.rules.validation ?? []).filter(
    (rule) => isActive(rule) && same(rule.object, save.info.def.name),
  );
  const failed = rules.filter((rule) => holds(ctx, save, rule.condition));
  if (failed.length === 0) return;
  throw new ApiError(
    400,
    failed.map((rule) => ({
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: rule.message,
      fields: rule.field === undefined ? [] : [rule.field],
    })),
  );
}

/** Owner by the assignment rule that the call asks for, or null when none says anything. */
export function assignedOwner(ctx: WriteContext, save: Save): string | null {
  const { autoAssign } = ctx.options;
  if (autoAssign === false) return null;
  const rules: AssignmentRule[] = ctx.org.config.current.rules.assignment ?? [];
  const rule = rules.find((each) => {
    if (!same(each.object, save.info.def.name)) return false;
    return typeof autoAssign === 'string' ? each.id.slice(0, 15) === autoAssign.slice(0, 15) : isActive(each);
  });
  const entry = rule?.entries.find(
    (each) => each.condition === undefined || holds(ctx, save, each.condition),
  );
  return entry === undefined ? null : toId18(entry.ownerId);
}

interface Match {
  object: string;
  rows: SObject[];
}

function matchesOf(ctx: WriteContext, save: Save, rule: DuplicateRule): Match[] {
  const found: Match[] = [];
  const [first] = rule.matchOn;
  if (first === undefined) return found;
  const filled = rule.matchOn.every((name) => save.row[name] !== undefined && save.row[name] !== null);
  if (!filled) return found;
  for (const object of rule.matchObjects ?? [save.info.def.name]) {
    const info = ctx.org.schema.find(object);
    if (info === null) continue;
    const rows = ctx.org
      .table(info.def.name)
      .rowsBy(first, save.row[first] ?? null)
      .filter((row) => row.Id !== save.row.Id && row.IsConverted !== true)
      .filter((row) =>
        rule.matchOn.every(
          (name) => String(row[name] ?? '').toLowerCase() === String(save.row[name]).toLowerCase(),
        ),
      );
    if (rows.length > 0) found.push({ object: info.def.name, rows });
  }
  return found;
}

/** Duplicate rules: one that blocks always refuses, one that warns unless the call allows the save. */
export function checkDuplicates(ctx: WriteContext, save: Save): void {
  for (const rule of ctx.org.config.current.rules.duplicate ?? []) {
    if (!isActive(rule) || !same(rule.object, save.info.def.name)) continue;
    if (save.before !== null && !rule.matchOn.some((name) => save.changed.has(name))) continue;
    const allowed = rule.action === 'alert' && ctx.options.allowSave && ctx.version >= 52;
    if (allowed) continue;
    const matches = matchesOf(ctx, save, rule);
    if (matches.length > 0) throw duplicatesDetected(ctx, save, rule, matches);
  }
}

function duplicatesDetected(ctx: WriteContext, save: Save, rule: DuplicateRule, matches: Match[]): ApiError {
  const message = rule.message ?? 'Use one of these records?';
  const base = `/services/data/v${ctx.version}.0`;
  const result = {
    allowSave: rule.action === 'alert',
    duplicateRule: rule.name,
    duplicateRuleEntityType: save.info.def.name,
    errorMessage: message,
    matchResults: matches.map(({ object, rows }) => ({
      entityType: object,
      errors: [],
      matchEngine: 'FuzzyMatchEngine',
      matchRecords: rows.map((row) => ({
        additionalInformation: [],
        fieldDiffs: [],
        matchConfidence: 100.0,
        record: {
          attributes: attributes(object, row.Id, base),
          Id: row.Id,
          ...(ctx.options.includeRecordDetails
            ? Object.fromEntries(rule.matchOn.map((name) => [name, row[name] ?? null]))
            : {}),
        },
      })),
      rule: `Standard_${object}_Match_Rule_v1_1`,
      size: rows.length,
      success: true,
    })),
  };
  const key = ctx.version <= 56 ? 'duplicateResut' : 'duplicateResult';
  return new ApiError(400, [{ code: 'DUPLICATES_DETECTED', message, extra: { [key]: result } }]);
}

/** Rows that somebody else holds refuse writes to them and to records under them. */
export function checkLocks(ctx: WriteContext, row: SObject): void {
  const { rules } = ctx.org.config.current;
  const locks = rules.locks ?? [];
  const ids = [row.Id, row.AccountId, row.CampaignId].filter((id) => typeof id === 'string');
  const held = locks.find((lock) => {
    const id = toId18(lock.id);
    return lock.times !== 0 && ids.some((each) => each === id);
  });
  if (held === undefined) return;
  if (held.times !== undefined) {
    const next = { ...held, times: held.times - 1 };
    const remaining = locks.map((lock) => (lock === held ? next : lock));
    ctx.org.config.change({ rules: { ...rules, locks: remaining } });
  }
  const id = toId18(held.id) ?? held.id;
  const text = `unable to obtain exclusive access to this record or 1 records: ${id}`;
  throw recordError('UNABLE_TO_LOCK_ROW', text);
}
