export { exportOutcomes } from './export-outcomes.ts';
export { listAudit } from './list-audit.ts';
export { type AuditEntry, recordAudit } from './record-audit.ts';
export { searchOutcomes } from './search-outcomes.ts';
