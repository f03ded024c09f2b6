'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { Table, type TableColumn, type TableSort } from '#components/ui/table.tsx';
import { Tag, type TagTone } from '#components/ui/tag.tsx';
import type { Person } from '#lib/segments/schemas.ts';

const stageTones: Partial<Record<string, TagTone>> = {
  customer: 'positive',
  evangelist: 'positive',
  opportunity: 'violet',
  salesqualifiedlead: 'info',
};

export interface PeopleTableProps {
  caption: string;
  people: readonly Person[];
  /** Label of an option of a property, where HubSpot has one. */
  optionLabel: (property: string, value: string) => string;
  empty?: ReactNode;
  foot?: ReactNode;
  sort?: TableSort;
  /** Leave out where the people cannot be sorted. */
  onSort?: (sort: TableSort) => void;
  /** Address of a contact's own page; plain names without it. */
  hrefOf?: (id: string) => string;
}

/** Contacts with what a segment is usually about, and what they are in Salesforce. */
export function PeopleTable({
  caption,
  people,
  optionLabel,
  empty,
  foot,
  hrefOf,
  sort,
  onSort,
}: PeopleTableProps) {
  const t = useTranslations('segments.people');
  const columns: TableColumn<Person>[] = [
    {
      id: 'name',
      header: t('name'),
      width: '22%',
      isRowHeader: true,
      isSortable: onSort !== undefined,
      cell: (person) => <PersonName person={person} hrefOf={hrefOf} />,
    },
    {
      id: 'email',
      header: t('email'),
      isSortable: onSort !== undefined,
      width: '26%',
      widths: { tablet: 'auto' },
      cell: ({ email }) => <span className="text-text-subtle">{email ?? '–'}</span>,
    },
    {
      id: 'lifecycle',
      header: t('lifecycle'),
      width: '23%',
      widths: { tablet: '204px' },
      hideBelow: 'md',
      cell: ({ lifecycleStage }) =>
        lifecycleStage === null ? (
          '–'
        ) : (
          <Tag tone={stageTones[lifecycleStage] ?? 'neutral'}>
            {optionLabel('lifecyclestage', lifecycleStage)}
          </Tag>
        ),
    },
    {
      id: 'country',
      header: t('country'),
      isSortable: onSort !== undefined,
      width: '16%',
      hideBelow: 'lg',
      cell: ({ country }) => (country === null ? '–' : optionLabel('country', country)),
    },
    {
      id: 'salesforce',
      header: t('salesforce'),
      width: '13%',
      widths: { tablet: '140px' },
      hideBelow: 'md',
      cell: ({ salesforce }) =>
        salesforce === null ? (
          <span className="text-text-subtle">{t('notSynced')}</span>
        ) : (
          <Tag>{salesforce === 'lead' ? t('lead') : t('contact')}</Tag>
        ),
    },
  ];
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={people}
      rowKey={({ id }) => id}
      empty={empty}
      {...(sort ? { sort } : {})}
      {...(onSort ? { onSort } : {})}
      foot={foot}
    />
  );
}

function PersonName({ person, hrefOf }: { person: Person; hrefOf: PeopleTableProps['hrefOf'] }) {
  const t = useTranslations('segments.people');
  const name = person.name || person.email || t('unnamed', { id: person.id });
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} />
      {hrefOf ? (
        <Link href={hrefOf(person.id)} className="truncate">
          {name}
        </Link>
      ) : (
        <span className="truncate font-medium">{name}</span>
      )}
    </span>
  );
}
