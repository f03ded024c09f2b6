export { currentGate } from './current-gate.ts';
export { currentSettings } from './current-settings.ts';
export { getSettings } from './get-settings.ts';
export { undoChange } from './undo-change.ts';
export { updateSettings } from './update-settings.ts';
