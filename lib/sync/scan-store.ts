import { lateCommitMs, wholeSecond } from '#lib/crm/late-commit.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';

/** Up to which SystemModstamp all changes of an object are known. */
export type KnownUntil = Record<SalesforceObject, Date>;

/** A reading of all Leads and Contacts of an org, made for one run. */
export type Scan = { id: string; runId: string; startedAt: Date; knownUntil: KnownUntil };

/** From where on a scan must know of every change: what was under way when it began. */
export function knownFrom(startedAt: Date): Date {
  return wholeSecond(new Date(startedAt.getTime() - lateCommitMs));
}

/** A Contact or unconverted Lead of a scan; `address` in lower case, empty if it has none. */
export type ScannedRecord = { recordId: string; object: SalesforceObject; address: string; stamp: Date };

/** What a run knows of the addresses of its org. Each call is one transaction. */
export interface ScanStore {
  /** The run's scan, if it was read to its end. */
  find(runId: string): Promise<Scan | null>;
  /** Begins a scan; the one that the run had before is forgotten. */
  begin(scan: Scan): Promise<void>;
  add(scanId: string, records: readonly ScannedRecord[]): Promise<void>;
  finish(scanId: string, at: Date): Promise<void>;
  /** Puts in what has changed, takes out what is gone, and moves on what is known. */
  update(
    scanId: string,
    change: { changed: readonly ScannedRecord[]; gone: readonly string[]; knownUntil: KnownUntil },
  ): Promise<void>;
  /** How many records of an object have a stamp from `from` on until `until`. */
  count(scanId: string, object: SalesforceObject, span: { from: Date; until: Date }): Promise<number>;
  /** Who has these addresses. */
  holders(scanId: string, addresses: readonly string[]): Promise<ScannedRecord[]>;
  /** Forgets the run's scan. */
  drop(runId: string): Promise<void>;
  /** How many people are linked, and how many a run has been through. */
  progress(runId: string): Promise<{ linked: number; done: number }>;
}
