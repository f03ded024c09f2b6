import type { SalesforceField, SalesforceObject } from '#lib/crm/ports.ts';
import { recordFields } from './definitions.ts';
import type { Fields } from './salesforce-record.ts';

type ByName = Map<string, SalesforceField>;

const objects = ['Lead', 'Contact'] as const;

/** Which fields an org has, and which of them the integration user sees (field-level security). */
export class OrgSchema {
  readonly #seen: Record<SalesforceObject, ByName>;
  readonly #hidden: Record<SalesforceObject, ByName> = { Lead: new Map(), Contact: new Map() };

  constructor() {
    const byName = (fields: readonly SalesforceField[]): ByName =>
      new Map(fields.map((field) => [field.name, field]));
    this.#seen = { Lead: byName(recordFields.Lead), Contact: byName(recordFields.Contact) };
  }

  /** As the integration user sees them. */
  seen(object: SalesforceObject): Fields {
    return this.#seen[object];
  }

  /** As people see them. */
  all(object: SalesforceObject): Fields {
    const hidden = this.#hidden[object];
    return hidden.size === 0 ? this.#seen[object] : new Map([...this.#seen[object], ...hidden]);
  }

  /** The integration user sees a field no more. Values stay, and people go on editing them. */
  hide(object: SalesforceObject, name: string): void {
    const field = this.#seen[object].get(name);
    if (field) this.#hidden[object].set(name, field);
    this.#seen[object].delete(name);
  }

  /** The integration user sees a field again. */
  giveBack(object: SalesforceObject, name: string): void {
    const field = this.#hidden[object].get(name);
    if (field) this.show(object, field);
    this.#hidden[object].delete(name);
  }

  giveBackAll(): void {
    for (const object of objects) {
      for (const name of [...this.#hidden[object].keys()]) this.giveBack(object, name);
    }
  }

  /** A field that is new, or of which something else is known now. */
  show(object: SalesforceObject, field: SalesforceField): void {
    this.#seen[object].set(field.name, field);
  }
}
