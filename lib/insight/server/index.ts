export { exportErrors } from './export-errors.ts';
export { getHealth } from './get-health.ts';
export { listErrors } from './list-errors.ts';
export { listNotices, readNotices } from './notices.ts';
