'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RetryAlert } from '#components/ui/retry-alert.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Skeleton, SkeletonBlock } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import {
  type ImportPeople,
  type ImportPerson,
  type PeopleGroup,
  peoplePageSize,
} from '#lib/imports/schemas.ts';
import { useImportWords } from './use-import-words.ts';

export interface PeoplePanelProps {
  /** Null: closed. */
  group: PeopleGroup | null;
  onClose: () => void;
  data: ImportPeople | null;
  failure: string | null;
  onRetry: () => void;
  search: string;
  onSearch: (text: string) => void;
  page: number;
  onPage: (page: number) => void;
  exportHref: string;
}

/** The people behind one number, by name. */
export function PeoplePanel(props: PeoplePanelProps) {
  const { group, onClose, search, onSearch, exportHref } = props;
  const t = useTranslations('imports.people');
  const common = useTranslations('common');
  return (
    <SidePanel
      isOpen={group !== null}
      onClose={onClose}
      title={group ? t(group) : ''}
      closeLabel={common('close')}
      size="large"
    >
      <div className="flex flex-wrap gap-2 pb-3">
        <SearchField
          label={t('search')}
          placeholder={t('placeholder')}
          clearLabel={t('clear')}
          value={search}
          onChange={onSearch}
          className="min-w-44 flex-1"
        />
        <Button
          variant="secondary"
          icon={<Download size={14} aria-hidden />}
          onPress={() => window.location.assign(exportHref)}
        >
          {t('csv')}
        </Button>
      </div>
      <Found {...props} />
    </SidePanel>
  );
}

function Found({ data, failure, onRetry, search, page, onPage }: PeoplePanelProps) {
  const t = useTranslations('imports.people');
  const common = useTranslations('common');
  if (failure !== null) {
    return (
      <RetryAlert title={t('loadFailed')} retryLabel={common('tryAgain')} onRetry={onRetry}>
        {failure}
      </RetryAlert>
    );
  }
  if (!data) {
    return (
      <Skeleton label={t('loading')} className="grid gap-4 pt-2">
        {['one', 'two', 'three'].map((row) => (
          <SkeletonBlock key={row} className="h-9" />
        ))}
      </Skeleton>
    );
  }
  const { people, total } = data;
  const from = (page - 1) * peoplePageSize;
  if (people.length === 0) {
    return (
      <p role="status" className="py-6 text-text-subtle">
        {search === '' ? t('none') : t('noMatch', { text: search })}
      </p>
    );
  }
  return (
    <>
      <ul aria-label={t('list')}>
        {people.map((person) => (
          <PersonRow key={person.recordId} person={person} />
        ))}
      </ul>
      <div className="-mr-2.5 -ml-4">
        <Pagination
          label={t('pages')}
          summary={t('summary', { from: from + 1, to: from + people.length, total })}
          page={page}
          pageCount={Math.max(Math.ceil(total / peoplePageSize), 1)}
          onPage={onPage}
          previousLabel={t('previous')}
          nextLabel={t('next')}
          pageLabel={(each) => t('page', { page: each })}
        />
      </div>
    </>
  );
}

function PersonRow({ person }: { person: ImportPerson }) {
  const t = useTranslations('imports.people');
  const words = useImportWords();
  const { recordId, object, name, email, contactId, inList, reason } = person;
  const shown = name ?? email ?? t('noName', { id: recordId });
  const result = inList === null || reason !== null ? null : t(inList ? 'inList' : 'onlyEmail');
  return (
    <li className="flex items-center gap-3 border-line border-b py-2.5">
      <Avatar name={shown} />
      <div className="min-w-0 flex-1">
        {contactId ? (
          <Link href={`/contacts/${contactId}`} className="block truncate font-medium">
            {shown}
          </Link>
        ) : (
          <span className="block truncate font-medium">{shown}</span>
        )}
        {email && name && <span className="block truncate text-small text-text-subtle">{email}</span>}
        {reason && <span className="block text-small text-text-subtle">{words.why(person)}</span>}
      </div>
      <span className="flex shrink-0 flex-wrap justify-end gap-1.5">
        {result && <Tag tone={inList ? 'positive' : 'violet'}>{result}</Tag>}
        <Tag>{t(object)}</Tag>
      </span>
    </li>
  );
}
