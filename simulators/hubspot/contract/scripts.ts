import { listScripts } from './list-scripts.ts';
import { recordScripts } from './record-scripts.ts';
import { restScripts } from './rest-scripts.ts';
import type { Script } from './scene.ts';

export const startScript: readonly (readonly [area: string, script: Script])[] = [
  ...recordScripts,
  ...listScripts,
  ...restScripts,
];
