import { decideChange, type Gate, gateOf, isOpen } from '#lib/settings/rules.ts';
import { type SettingsKey, type SettingsValues, settingsValuesSchema } from '#lib/settings/schemas.ts';
import type { MappingRow } from '../../fields.ts';
import type { VirtualClock } from './clock.ts';

/** A workspace's settings and mappings with their versions, in memory; they outlast every connection. */
export class MemorySettings {
  mappings: MappingRow[] = [];
  /** When the inclusion segment was changed last. */
  gateChangedAt = 0;
  readonly #clock: VirtualClock;
  #formerMappings: { until: number; mappings: MappingRow[] }[] = [];
  #versions: SettingsValues[] = [settingsValuesSchema.parse({})];
  #change: { baseVersion: number; inForceAt: Date; endedAt: Date | null } | null = null;
  #number = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  newId(): string {
    this.#number += 1;
    return `00000000-0000-4000-8000-${String(this.#number).padStart(12, '0')}`;
  }

  current(): { version: number; values: SettingsValues } {
    const version = this.#versions.length - 1;
    return { version, values: this.#versions.at(-1) ?? settingsValuesSchema.parse({}) };
  }

  change<K extends SettingsKey>(key: K, value: SettingsValues[K]): void {
    const { version, values } = this.current();
    const now = this.#clock.now();
    this.#versions.push({ ...values, [key]: value });
    if (key !== 'inclusionListId') return;
    this.gateChangedAt = now.getTime();
    const newGate = this.current().values.inclusionListId;
    const open = this.#change && isOpen(this.#change, now) ? this.#change : null;
    const base = open ? this.#versions[open.baseVersion] : values;
    const { wait } = decideChange({
      ...{ now, newGate, currentVersion: version, gateInForce: base?.inclusionListId ?? null },
      open: open && { id: 'open', ...open },
    });
    this.#change = wait && { ...wait, endedAt: null };
  }

  changeRule(id: string, rule: MappingRow['rule']): void {
    this.#versions.push(this.current().values);
    this.#formerMappings.push({ until: this.current().version, mappings: this.mappings });
    this.mappings = this.mappings.map((mapping) => (mapping.id === id ? { ...mapping, rule } : mapping));
  }

  /** The rules that a mapping has had since that version of the settings. */
  rulesSince(version: number, id: string): MappingRow['rule'][] {
    const former = this.#formerMappings.filter(({ until }) => until > version);
    return [...former.map(({ mappings }) => mappings), this.mappings].flatMap((mappings) =>
      mappings.flatMap((mapping) => (mapping.id === id ? [mapping.rule] : [])),
    );
  }

  gate(at: Date): Gate {
    const newest = this.current().values.inclusionListId;
    const change = this.#change;
    if (!change || !isOpen(change, at)) return gateOf(newest, null);
    const listId = this.#versions[change.baseVersion]?.inclusionListId ?? null;
    return gateOf(newest, { listId, until: change.inForceAt });
  }
}
