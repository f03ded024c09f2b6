export { freeClaimsOf } from './claims.ts';
export { forecastResync } from './forecast-resync.ts';
export { getRun, listRuns } from './get-run.ts';
export { resumeRuns } from './resume-runs.ts';
export { runResync } from './run-resync.ts';
export { startResync } from './start-resync.ts';
export { stopRun } from './stop-run.ts';
