'use client';

import { useQuery } from '@tanstack/react-query';
import type { Hold } from '#lib/insight/schemas.ts';
import { mappingFieldsQuery } from '#lib/mappings/queries.ts';

/**
 * The property or field that a stop of the writing would have emptied, by its label; by its name in the API if that
 * CRM does not answer, or nobody can be asked. Null while its label is asked for; empty for a stop of any other kind.
 */
export function useEmptiedField({ cause, counts }: Hold): string | null {
  const isAsked = cause === 'blanking';
  const { data, isLoading } = useQuery({ ...mappingFieldsQuery(), enabled: isAsked });
  if (!isAsked) return '';
  if (isLoading) return null;
  const [side, name = ''] = counts[0]?.key.split(':') ?? [];
  const fields = [...(data?.fields?.lead ?? []), ...(data?.fields?.contact ?? [])];
  const choices = side === 'hubspot' ? (data?.properties ?? []) : fields;
  return choices.find((choice) => choice.name === name)?.label ?? name;
}
