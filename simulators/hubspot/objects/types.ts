/** Who or what set a value. */
export interface Source {
  sourceType: string;
  sourceId?: string;
  sourceLabel?: string;
  updatedByUserId?: number;
}

export interface HistoryEntry extends Source {
  value: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

/** One record as it is kept: only values that are set, always as text. */
export interface CrmRecord {
  id: string;
  properties: Record<string, string>;
  createdAt: number;
  updatedAt: number;
  source: Source;
  archivedAt?: number;
  /** Newest first, only for properties that changed after the record was made. */
  history?: Record<string, HistoryEntry[]>;
  /** Ids merged into this one with the time of the merge. */
  merged?: { id: string; at: number }[];
  /** Further e-mail addresses, each unique across contacts. */
  additionalEmails?: string[];
}

export interface PropertyOption {
  label: string;
  value: string;
  displayOrder: number;
  hidden: boolean;
  description?: string;
}

export interface Property {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  description: string;
  groupName: string;
  options: PropertyOption[];
  displayOrder: number;
  calculated: boolean;
  externalOptions: boolean;
  hasUniqueValue: boolean;
  hidden: boolean;
  modificationMetadata: {
    archivable: boolean;
    readOnlyDefinition: boolean;
    readOnlyValue: boolean;
    readOnlyOptions?: boolean;
  };
  formField: boolean;
  dataSensitivity: string;
  hubspotDefined?: boolean;
  createdAt?: string;
  updatedAt?: string;
  createdUserId?: string;
  updatedUserId?: string;
  archived?: boolean;
  archivedAt?: string;
  referencedObjectType?: string;
  calculationFormula?: string;
}

export interface PropertyGroup {
  name: string;
  label: string;
  displayOrder: number;
  archived: boolean;
}

/** A change to a record, told to everything that follows records. */
export interface RecordEvent {
  kind:
    | 'creation'
    | 'propertyChange'
    | 'deletion'
    | 'restore'
    | 'merge'
    | 'privacyDeletion'
    | 'associationChange';
  typeId: string;
  id: string;
  /** New value by name, null when cleared. */
  changes?: Record<string, string | null>;
  source: Source;
  merge?: { primaryId: string; mergedIds: string[]; newId: string; moved: number };
  association?: { toTypeId: string; toId: string; typeId: number; removed: boolean; primary: boolean };
}
