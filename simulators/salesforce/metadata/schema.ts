import { auditFields, deletedField, field, idField, labelOf, object, owner, text, values } from './build.ts';
import { accountObject, contactObject, leadObject } from './people-objects.ts';
import {
  campaignMemberObject,
  campaignMemberStatusObject,
  campaignObject,
  opportunityObject,
  taskObject,
} from './sales-objects.ts';
import {
  assignmentRuleObject,
  groupObject,
  leadStatusObject,
  organizationObject,
  profileObject,
  queueSobjectObject,
  recordTypeObject,
  userObject,
  userRoleObject,
} from './setup-objects.ts';
import type { FieldDef, FieldType, ObjectDef } from './types.ts';

export interface ChildRelationship {
  name: string | null;
  child: string;
  field: FieldDef;
}

/** One object with the look-ups by lower-case name that the vendor's case-insensitive interfaces need. */
export interface ObjectInfo {
  def: ObjectDef;
  byName: Map<string, FieldDef>;
  byRelationship: Map<string, FieldDef>;
  children: ChildRelationship[];
  nameField: FieldDef | null;
}

export interface CustomFieldInput {
  object: string;
  name: string;
  type: FieldType;
  label?: string;
  length?: number;
  precision?: number;
  scale?: number;
  externalId?: boolean;
  unique?: boolean;
  caseSensitive?: boolean;
  required?: boolean;
  restricted?: boolean;
  values?: string[];
  referenceTo?: string[];
  relationshipName?: string;
  childRelationshipName?: string;
  defaultValue?: string | number | boolean;
  formula?: string;
  helpText?: string;
}

export interface CustomObjectInput {
  name: string;
  label?: string;
  labelPlural?: string;
  fields?: Omit<CustomFieldInput, 'object'>[];
}

function standardObjects(): ObjectDef[] {
  return [
    accountObject(),
    campaignObject(),
    campaignMemberObject(),
    campaignMemberStatusObject(),
    contactObject(),
    groupObject(),
    leadObject(),
    leadStatusObject(),
    assignmentRuleObject(),
    opportunityObject(),
    organizationObject(),
    profileObject(),
    queueSobjectObject(),
    recordTypeObject(),
    taskObject(),
    userObject(),
    userRoleObject(),
  ];
}

const DEFAULT_LENGTH: Partial<Record<FieldType, number>> = { email: 80, phone: 40, textarea: 32768 };

/** Turns the control route's short form of a custom field into its metadata. */
function customField(input: CustomFieldInput): FieldDef {
  const long = input.type === 'textarea' && (input.length ?? 32768) > 255;
  const calculated = input.formula !== undefined;
  const base = field(input.name, input.type, { custom: true });
  return {
    ...base,
    label: input.label ?? labelOf(input.name),
    length: input.length ?? DEFAULT_LENGTH[input.type] ?? base.length,
    precision: input.precision ?? base.precision,
    scale: input.scale ?? base.scale,
    nillable: base.nillable && input.required !== true,
    externalId: input.externalId ?? false,
    idLookup: input.externalId ?? false,
    unique: input.unique ?? false,
    caseSensitive: input.caseSensitive ?? false,
    restrictedPicklist: input.restricted ?? false,
    picklistValues: values(input.values ?? []),
    referenceTo: input.referenceTo ?? [],
    relationshipName:
      input.type === 'reference' ? (input.relationshipName ?? input.name.replace(/__c$/, '__r')) : null,
    childRelationshipName:
      input.childRelationshipName === undefined
        ? null
        : `${input.childRelationshipName.replace(/__r$/, '')}__r`,
    defaultValue: input.defaultValue ?? base.defaultValue,
    defaultedOnCreate: base.defaultedOnCreate || input.defaultValue !== undefined,
    calculated,
    formula: input.formula ?? null,
    createable: !calculated,
    updateable: !calculated,
    filterable: !long,
    sortable: !long && input.type !== 'multipicklist',
    extraTypeInfo: input.type === 'textarea' ? 'plaintextarea' : null,
    inlineHelpText: input.helpText ?? null,
  };
}

function customObject(input: CustomObjectInput, keyPrefix: string): ObjectDef {
  const fields = (input.fields ?? []).map((entry) => customField({ ...entry, object: input.name }));
  return object(
    input.name,
    keyPrefix,
    [
      idField(),
      owner(['Group', 'User']),
      deletedField(),
      text('Name', 80, { nameField: true }),
      ...auditFields(),
      ...fields,
    ],
    {
      ...(input.label === undefined ? {} : { label: input.label }),
      ...(input.labelPlural === undefined ? {} : { labelPlural: input.labelPlural }),
    },
  );
}

/** All objects of an org. Names are looked up without regard to case; answers use the described spelling. */
export class Schema {
  readonly #objects = new Map<string, ObjectInfo>();
  readonly #prefixes = new Map<string, ObjectInfo>();

  constructor(defs: ObjectDef[] = standardObjects()) {
    for (const def of defs) this.#register(def);
    this.#link();
  }

  find(name: string): ObjectInfo | null {
    return this.#objects.get(name.toLowerCase()) ?? null;
  }

  get(name: string): ObjectInfo {
    const info = this.find(name);
    if (info === null) throw new Error(`No object ${name}`);
    return info;
  }

  byPrefix(id: string): ObjectInfo | null {
    return this.#prefixes.get(id.slice(0, 3)) ?? null;
  }

  all(): ObjectInfo[] {
    return [...this.#objects.values()].sort((a, b) => (a.def.name < b.def.name ? -1 : 1));
  }

  addObject(input: CustomObjectInput): void {
    if (!/^[A-Za-z]\w*__c$/.test(input.name)) throw new RangeError(`${input.name} must end in __c`);
    if (this.find(input.name) !== null) throw new RangeError(`${input.name} exists`);
    const customCount = this.all().filter((info) => info.def.custom).length;
    const keyPrefix = `a${Math.floor(customCount / 36).toString(36)}${(customCount % 36).toString(36)}`;
    this.#register(customObject(input, keyPrefix));
    this.#link();
  }

  addField(input: CustomFieldInput): void {
    const info = this.find(input.object);
    if (info === null) throw new RangeError(`No object ${input.object}`);
    if (!/^[A-Za-z]\w*__c$/.test(input.name)) throw new RangeError(`${input.name} must end in __c`);
    if (info.byName.has(input.name.toLowerCase())) throw new RangeError(`${input.name} exists`);
    this.#register({ ...info.def, fields: [...info.def.fields, customField(input)] });
    this.#link();
  }

  /** Changes some keys of a field's metadata (for instance its picklist values or its length). */
  changeField(objectName: string, fieldName: string, changes: Partial<FieldDef>): void {
    const info = this.get(objectName);
    const wanted = fieldName.toLowerCase();
    if (!info.byName.has(wanted)) throw new RangeError(`No field ${fieldName}`);
    const fields = info.def.fields.map((def) =>
      def.name.toLowerCase() === wanted ? { ...def, ...changes } : def,
    );
    this.#register({ ...info.def, fields });
    this.#link();
  }

  removeField(objectName: string, fieldName: string): void {
    const info = this.get(objectName);
    const wanted = fieldName.toLowerCase();
    this.#register({
      ...info.def,
      fields: info.def.fields.filter((def) => def.name.toLowerCase() !== wanted),
    });
    this.#link();
  }

  #register(def: ObjectDef): void {
    const byName = new Map(def.fields.map((entry) => [entry.name.toLowerCase(), entry]));
    const byRelationship = new Map<string, FieldDef>();
    for (const entry of def.fields) {
      if (entry.relationshipName !== null) byRelationship.set(entry.relationshipName.toLowerCase(), entry);
    }
    const nameField = def.fields.find((entry) => entry.nameField) ?? null;
    const info = { def, byName, byRelationship, children: [], nameField };
    this.#objects.set(def.name.toLowerCase(), info);
    this.#prefixes.set(def.keyPrefix, info);
  }

  #link(): void {
    for (const info of this.#objects.values()) info.children = [];
    for (const child of this.all()) {
      for (const entry of child.def.fields) {
        for (const target of entry.referenceTo) {
          const parent = this.#objects.get(target.toLowerCase());
          parent?.children.push({ name: entry.childRelationshipName, child: child.def.name, field: entry });
        }
      }
    }
  }
}
