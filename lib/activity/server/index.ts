export { packChanges, unpackChanges } from '../kept-changes.ts';
export { addNotice } from './add-notice.ts';
export { exportAudit } from './export-audit.ts';
export { exportOutcomes } from './export-outcomes.ts';
export { getAudit } from './get-audit.ts';
export { listAudit } from './list-audit.ts';
export { type AuditCause, type AuditEntry, recordAudit } from './record-audit.ts';
export { crmUrls, outcomesById, searchOutcomes } from './search-outcomes.ts';
