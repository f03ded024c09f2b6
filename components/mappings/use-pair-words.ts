'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { fittingKinds, type Pair, type PairProblem } from '#lib/mappings/rules.ts';

export type Taken = { by: 'property' | 'field'; name: string; fields: string };

/** Says why a pair can't be mapped, and what to do. */
export function usePairWords(): {
  problem: (pair: Pair, problem: PairProblem) => string;
  taken: (clash: Taken) => string;
} {
  const t = useTranslations('mappings');
  const format = useFormatter();
  return {
    problem: (pair, problem) => {
      const { property } = pair;
      switch (problem.code) {
        case 'unmappable':
          return t('problems.unmappable', { name: problem.name });
        case 'types':
          return t('problems.types', {
            property: property.label,
            propertyKind: t(`propertyKinds.${property.kind}`),
            field: problem.field.label,
            fieldKind: t(`fieldKinds.${problem.field.kind}`),
            fitting: format.list(
              fittingKinds[property.kind].map((kind) => t(`fieldKinds.${kind}`)),
              { type: 'disjunction' },
            ),
          });
        case 'nothing_passes':
          return t('problems.nothing_passes');
      }
    },
    taken: ({ by, name, fields }) =>
      by === 'property'
        ? t('problems.takenProperty', { name, field: fields })
        : t('problems.takenField', { name, field: fields }),
  };
}
