import type { ChildRelationship, ObjectInfo, Schema } from './schema.ts';
import type { FieldDef } from './types.ts';

export interface ObjectRights {
  read?: boolean;
  create?: boolean;
  edit?: boolean;
  delete?: boolean;
}

/** Rights of one profile. What is not named is allowed. Fields are keyed `Object.Field`. */
export interface ProfileRights {
  objects?: Record<string, ObjectRights>;
  fields?: Record<string, 'hidden' | 'readOnly'>;
  apiEnabled?: boolean;
}

/** The schema as one user may see it: hidden objects and fields are missing, not flagged. */
export class Access {
  readonly schema: Schema;
  readonly #objects = new Map<string, ObjectRights>();
  readonly #fields = new Map<string, 'hidden' | 'readOnly'>();

  constructor(schema: Schema, rights: ProfileRights = {}) {
    this.schema = schema;
    for (const [name, entry] of Object.entries(rights.objects ?? {})) {
      this.#objects.set(name.toLowerCase(), entry);
    }
    for (const [name, entry] of Object.entries(rights.fields ?? {})) {
      this.#fields.set(name.toLowerCase(), entry);
    }
  }

  /** The object, or null when it does not exist for this user. */
  object(name: string): ObjectInfo | null {
    const info = this.schema.find(name);
    return info !== null && this.may(info, 'read') ? info : null;
  }

  may(info: ObjectInfo, right: keyof ObjectRights): boolean {
    const entry = this.#objects.get(info.def.name.toLowerCase());
    if (entry?.read === false) return false;
    return entry?.[right] ?? true;
  }

  /** The field, or null when it does not exist for this user. */
  field(info: ObjectInfo, name: string): FieldDef | null {
    const def = info.byName.get(name.toLowerCase());
    return def !== undefined && this.visible(info, def) ? def : null;
  }

  visible(info: ObjectInfo, def: FieldDef): boolean {
    if (this.#level(info, def) === 'hidden') return false;
    const compound = def.compoundFieldName;
    if (compound === null || compound === 'Name') return true;
    return this.#fields.get(`${info.def.name}.${compound}`.toLowerCase()) !== 'hidden';
  }

  fields(info: ObjectInfo): FieldDef[] {
    return this.#fields.size === 0
      ? info.def.fields
      : info.def.fields.filter((def) => this.visible(info, def));
  }

  createable(info: ObjectInfo, def: FieldDef): boolean {
    return def.createable && this.may(info, 'create') && this.#level(info, def) === undefined;
  }

  updateable(info: ObjectInfo, def: FieldDef): boolean {
    return def.updateable && this.may(info, 'edit') && this.#level(info, def) === undefined;
  }

  children(info: ObjectInfo): ChildRelationship[] {
    return info.children.filter((child) => {
      const childInfo = this.object(child.child);
      return childInfo !== null && this.visible(childInfo, child.field);
    });
  }

  #level(info: ObjectInfo, def: FieldDef): 'hidden' | 'readOnly' | undefined {
    if (this.#fields.size === 0) return undefined;
    return this.#fields.get(`${info.def.name}.${def.name}`.toLowerCase());
  }
}
