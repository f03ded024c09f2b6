export { exportErrors } from './export-errors.ts';
export { getHealth } from './get-health.ts';
export { getReceipt } from './get-receipt.ts';
export { listErrors } from './list-errors.ts';
export { listNotices, readNotices } from './notices.ts';
export { previewMapping } from './preview-mapping.ts';
