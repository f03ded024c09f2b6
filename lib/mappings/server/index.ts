export { ensureDefaultMappings } from './ensure-default-mappings.ts';
export { listMappings, type Mapping } from './list-mappings.ts';
