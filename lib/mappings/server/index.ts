export { ensureDefaultMappings } from './ensure-default-mappings.ts';
export { ensureProperties } from './ensure-properties.ts';
export { listMappings, type Mapping } from './list-mappings.ts';
