export { currentGate } from './current-gate.ts';
export { currentSettings } from './current-settings.ts';
export { getSettings } from './get-settings.ts';
export { listVersions } from './list-versions.ts';
export { restoreSettings } from './restore-settings.ts';
export { settingsAsOf } from './settings-as-of.ts';
export { undoChange } from './undo-change.ts';
export { updateSettings } from './update-settings.ts';
