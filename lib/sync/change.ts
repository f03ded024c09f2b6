import type { Change } from '#lib/activity/schemas.ts';

export type { Change };
export type FieldFailure = NonNullable<Change['failure']>;
