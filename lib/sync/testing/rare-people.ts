import { resumeRun, startImport, stopRun } from './asked-runs.ts';
import type { Edit } from './people.ts';
import type { RareStep } from './rare-steps.ts';
import type { World } from './world.ts';

/** Lets happen what the step says; answers what values people gave. */
export function doRareStep(world: World, step: RareStep): Edit[] {
  switch (step.do) {
    case 'import.start':
      startImport(world, step.object);
      return [];
    case 'run.stop':
      stopRun(world);
      return [];
    case 'run.resume':
      resumeRun(world);
      return [];
    case 'rule': {
      const mapping = world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === step.property);
      if (mapping) world.db.changeRule(mapping.id, step.rule);
      return [];
    }
  }
}
