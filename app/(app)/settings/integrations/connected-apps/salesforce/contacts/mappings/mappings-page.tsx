'use client';

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type MappingRow, toRow } from '#components/mappings/mapping-rows.ts';
import { MappingTable } from '#components/mappings/mapping-table.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { mappingFieldsQuery, mappingsQuery } from '#lib/mappings/queries.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import { ResyncQuestion } from '../resync-button.tsx';
import { useResync } from '../use-resync.ts';
import { MappingPanel } from './mapping-panel.tsx';
import { Deleted, Nothing, Pages, Silent, Toolbar } from './page-parts.tsx';
import { useMappingActions } from './use-mapping-actions.tsx';
import { useMappingList } from './use-mapping-list.ts';

type Open = { row: MappingRow | null } | null;

/** Contact property mappings: search, filters, the table, and the panel that adds and changes them. */
export function MappingsPage(props: { isConnected: boolean; openAtFirst: string | null }) {
  const t = useTranslations('mappings');
  const limit = useTranslations('settings.limit');
  const { data: view } = useSuspenseQuery(mappingsQuery());
  const { data: fields, refetch } = useSuspenseQuery(mappingFieldsQuery());
  const rows = view.mappings.map((mapping) => toRow(mapping, fields));
  const list = useMappingList(rows);
  const atFirst = rows.find(({ mapping }) => mapping.id === props.openAtFirst);
  const [open, setOpen] = useState<Open>(atFirst ? { row: atFirst } : null);
  const actions = useMappingActions((row) => setOpen({ row }));
  const resync = useResync(props.isConnected);
  const settings = useQuery({ ...settingsQuery(), enabled: open !== null || resync.isAsking });
  const isEveryone = settings.data?.values.inclusionListId === null;
  const labelOf = (name: string) => fields.properties?.find((each) => each.name === name)?.label ?? name;
  return (
    <PageBody isWide>
      <Toolbar list={list} canAdd={view.canEdit && rows.length > 0} onAdd={() => setOpen({ row: null })} />
      <Deleted undo={view.undo} labelOf={labelOf} onUndo={actions.undo} isUndoing={actions.isUndoing} />
      {props.isConnected && <Silent fields={fields} onRetry={() => void refetch()} />}
      <MappingTable
        rows={list.shown}
        onOpen={(row) => setOpen({ row })}
        actionsOf={(row) => (view.canEdit ? actions.actionsOf(row) : [])}
        empty={<Nothing isFiltered={rows.length > 0} onClear={list.clear} canConnect={view.canEdit} />}
        foot={list.total > 0 && <Pages list={list} />}
      />
      {open && (
        <MappingPanel
          key={open.row?.mapping.id ?? 'new'}
          edited={open.row}
          fields={fields}
          mappings={view.mappings}
          labelOf={labelOf}
          canEdit={view.canEdit}
          onRetry={() => void refetch()}
          onClose={() => setOpen(null)}
          onSaved={({ rule }) => {
            const title = open.row ? t('changedToast') : t('addedToast');
            setOpen(null);
            const offer = {
              text: t('savedText'),
              actions: [{ label: isEveryone ? limit('resyncAll') : limit('resync'), onPress: resync.ask }],
            };
            showToast({ tone: 'positive', title, ...(rule === 'DONT_SYNC' ? {} : offer) });
          }}
        />
      )}
      {actions.dialog}
      <ResyncQuestion
        resync={resync}
        contacts={settings.data?.segment?.size ?? settings.data?.contactCount ?? 0}
      />
    </PageBody>
  );
}
