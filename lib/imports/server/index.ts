export { finishImport, resumeImport, stopImport } from './control-import.ts';
export { getImport } from './get-import.ts';
export { getImportOptions } from './get-options.ts';
export { exportImportPeople, listImportPeople } from './list-people.ts';
export { runImportCount } from './run-count.ts';
export { runImport } from './run-import.ts';
export { resumeImportCounts, startCount } from './start-count.ts';
export { startImport } from './start-import.ts';
