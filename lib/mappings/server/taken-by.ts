import type { Failure } from '#lib/core/failures.ts';
import type { clashOf } from '../pair.ts';
import type { StoredMapping } from '../schemas.ts';

/** Names what is mapped already. */
export function takenBy({
  mapping,
  by,
}: NonNullable<
  ReturnType<
    typeof clashOf<Pick<StoredMapping, 'id' | 'hubspotProperty' | 'leadField' | 'contactField' | 'rule'>>
  >
>): Failure {
  const field = mapping.leadField ?? mapping.contactField ?? '';
  return {
    code: 'mapping_taken',
    values: { name: by === 'property' ? mapping.hubspotProperty : field },
    current: { mappingId: mapping.id },
  };
}
