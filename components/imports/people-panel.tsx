'use client';

import { useTranslations } from 'next-intl';
import { usePageWords } from '#components/shell/use-page-words.ts';
import { PagedList } from '#components/ui/paged-list.tsx';
import { PersonRow } from '#components/ui/person-row.tsx';
import { SearchBar } from '#components/ui/search-bar.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
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
  /** What stands in the search field. */
  typed: string;
  onType: (text: string) => void;
  /** What was searched for. */
  search: string;
  page: number;
  onPage: (page: number) => void;
  exportHref: string;
}

/** The people behind one number, by name. */
export function PeoplePanel(props: PeoplePanelProps) {
  const { group, onClose, typed, onType, exportHref } = props;
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
      <SearchBar
        label={t('search')}
        placeholder={t('placeholder')}
        clearLabel={t('clear')}
        value={typed}
        onChange={onType}
        file={{ label: t('csv'), href: exportHref }}
        className="pb-3"
      />
      <Found {...props} />
    </SidePanel>
  );
}

function Found({ data, failure, onRetry, search, page, onPage }: PeoplePanelProps) {
  const t = useTranslations('imports.people');
  const common = useTranslations('common');
  const pageWords = usePageWords();
  const { people = [], total = 0 } = data ?? {};
  const from = (page - 1) * peoplePageSize;
  return (
    <PagedList
      rows={data && people.map((person) => <ImportPersonRow key={person.recordId} person={person} />)}
      label={t('list')}
      loadingLabel={t('loading')}
      emptyText={search === '' ? t('none') : t('noMatch', { text: search })}
      failure={
        failure === null
          ? null
          : { title: t('loadFailed'), children: failure, retryLabel: common('tryAgain'), onRetry }
      }
      pages={{
        label: t('pages'),
        summary: t('summary', { from: from + 1, to: from + people.length, total }),
        page,
        pageCount: Math.max(Math.ceil(total / peoplePageSize), 1),
        onPage,
        ...pageWords,
      }}
    />
  );
}

function ImportPersonRow({ person }: { person: ImportPerson }) {
  const t = useTranslations('imports.people');
  const words = useImportWords();
  const { recordId, object, name, email, contactId, inList, reason } = person;
  const shown = name ?? email ?? t('noName', { id: recordId });
  const result = inList === null || reason !== null ? null : t(inList ? 'inList' : 'onlyEmail');
  return (
    <PersonRow
      name={shown}
      href={contactId && `/contacts/${contactId}`}
      email={name ? email : null}
      note={reason && words.why(person)}
    >
      <span className="flex shrink-0 flex-wrap justify-end gap-1.5">
        {result && <Tag tone={inList ? 'positive' : 'violet'}>{result}</Tag>}
        <Tag>{t(object)}</Tag>
      </span>
    </PersonRow>
  );
}
