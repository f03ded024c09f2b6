'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MultiSelect } from '#components/ui/multi-select.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { FilterParts } from '#lib/segments/schemas.ts';

/** The switch that leaves out members of other segments, in every group at once. */
export function ExcludeCard(props: {
  excluded: readonly string[];
  segments: FilterParts['segments'];
  onChange: (listIds: string[]) => void;
}) {
  const { excluded, segments, onChange } = props;
  const t = useTranslations('segments.editor');
  const [isOpen, setOpen] = useState(false);
  const isOn = isOpen || excluded.length > 0;
  return (
    <div className="mt-3 rounded-card border border-line-card p-4">
      <Switch
        label={t('exclude')}
        description={t('excludeText')}
        isSelected={isOn}
        onChange={(on) => {
          setOpen(on);
          if (!on) onChange([]);
        }}
      />
      {isOn && (
        <MultiSelect
          label={t('excludeSegments')}
          className="mt-3"
          options={segments
            .filter((segment) => !segment.isDeleted || excluded.includes(segment.listId))
            .map((segment) => ({ id: segment.listId, label: segment.name }))}
          value={[...excluded]}
          onChange={onChange}
          placeholder={t('choose')}
          openLabel={t('openList')}
          emptyText={t('noOption')}
          removeLabel={(value) => t('removeValue', { value })}
        />
      )}
    </div>
  );
}
