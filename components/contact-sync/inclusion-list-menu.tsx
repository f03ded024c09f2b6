'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, type Ref, Suspense, useMemo } from 'react';
import { lazyWhenIdle } from '#components/ui/lazy-when-idle.tsx';
import { SelectPopover } from '#components/ui/select-popover.tsx';
import type { PopoverOption, PopoverSection } from '#components/ui/select-popover-list.tsx';
import { useNarrow } from '#components/ui/use-narrow.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SwitchEffect } from '#lib/insight/schemas.ts';
import type { SegmentCopy, SegmentOption } from '#lib/segments/schemas.ts';

const SwitchBefore = lazyWhenIdle(() => import('./switch-before.tsx').then((file) => file.SwitchBefore));

const allContacts = 'all';
const noEffects: readonly SwitchEffect[] = [];
type Translator = ReturnType<typeof useTranslations<'settings.limit'>>;

export interface InclusionListMenuProps {
  selectedId: string | null;
  selectedName: string;
  options: readonly SegmentOption[];
  staticMatches: readonly string[];
  query: string;
  status: 'ready' | 'loading' | 'error';
  /** How fresh the options are; null while none are there. `isStale`: HubSpot did not answer just now. */
  copy: (SegmentCopy & { isStale: boolean }) | null;
  loadMore?: { isLoading: boolean; onLoad: () => void };
  onQuery: (query: string) => void;
  onOpenChange: (isOpen: boolean) => void;
  /** What choosing would change, where it is known without asking HubSpot. */
  effects?: readonly SwitchEffect[];
  onRetry: () => void;
  onChoose: (listId: string | null, name: string) => void;
  /** With the text that was searched in vain, if there is one. */
  onCreate: (name: string | null) => void;
  isBusy: boolean;
  disabledReason?: string;
  error?: ReactNode;
  labelExtra: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** The Inclusion List drop-down: every active contact segment, "All contacts", and the way to a new one. */
export function InclusionListMenu(props: InclusionListMenuProps) {
  const { selectedId, selectedName, options, staticMatches, query, status, loadMore, effects } = props;
  const searched = query.trim();
  const t = useTranslations('settings.limit');
  const common = useTranslations('common');
  const isVain = searched !== '' && status === 'ready' && options.length === 0;
  const sections = useSections(options, effects ?? noEffects, searched === '');
  const [firstStatic] = staticMatches;
  const emptyText = firstStatic
    ? t('onlyStatic', { name: firstStatic })
    : searched === ''
      ? t('none')
      : t('noMatch', { query: searched });

  const beside = (id: string) => {
    const option = options.find(({ listId }) => listId === id);
    return (
      <Suspense>
        <SwitchBefore
          name={option?.name ?? t('all')}
          isInUse={id === (selectedId ?? allContacts)}
          isEmpty={option?.state === 'ready' && option.size === 0}
          effect={effects?.find(({ listId }) => listId === (option?.listId ?? null)) ?? null}
        />
      </Suspense>
    );
  };

  return (
    <SelectPopover
      ref={props.ref}
      label={t('label')}
      labelExtra={props.labelExtra}
      valueText={selectedName}
      dialogLabel={t('menu')}
      listLabel={t('label')}
      searchLabel={t('search')}
      sections={sections}
      selectedId={selectedId ?? allContacts}
      onSelect={(id) => {
        const option = options.find(({ listId }) => listId === id);
        props.onChoose(option?.listId ?? null, option?.name ?? t('all'));
      }}
      {...(effects ? { beside } : {})}
      status={status}
      {...(loadMore
        ? {
            loadMore: {
              ...loadMore,
              label: props.copy?.completeAt === null ? t('listFilling') : common('loading'),
            },
          }
        : {})}
      loadingLabel={common('loading')}
      errorText={t('loadError')}
      retry={{ label: common('tryAgain'), onPress: props.onRetry }}
      emptyText={emptyText}
      countText={(count) => t('resultCount', { count })}
      note={
        <>
          {t('staticNote')}
          {props.copy && <Freshness copy={props.copy} />}
        </>
      }
      footer={{
        label: isVain ? t('createNamed', { name: searched }) : t('create'),
        onAction: () => props.onCreate(isVain ? searched : null),
      }}
      onQuery={props.onQuery}
      onOpenChange={props.onOpenChange}
      isBusy={props.isBusy}
      isDisabled={props.disabledReason !== undefined}
      help={props.disabledReason}
      error={props.error}
      className="max-w-[520px]"
    />
  );
}

/** Of when the options are. Not announced: it changes by itself while somebody reads the list. */
function Freshness({ copy }: { copy: NonNullable<InclusionListMenuProps['copy']> }) {
  const t = useTranslations('settings.limit');
  const { ago } = useTimes();
  const when = copy.completeAt === null ? null : ago(copy.completeAt);
  const text = copy.isRefreshing
    ? t('listRefreshing')
    : when !== null && (copy.isStale ? t('listStale', { when }) : t('listFresh', { when }));
  return text === false ? null : <span className="block tabular-nums">{text}</span>;
}

/** The same ones as long as nothing about them changes: the open list is not built anew for each render. */
function useSections(
  options: readonly SegmentOption[],
  effects: readonly SwitchEffect[],
  withEveryone: boolean,
): PopoverSection[] {
  const t = useTranslations('settings.limit');
  const before = useTranslations('switch.before');
  const { ago } = useTimes();
  // Where there is no room beside the menu: what choosing an option would change, as one line under its name.
  const isNarrow = useNarrow('xl');
  return useMemo(() => {
    const lineOf = (listId: string | null): string[] => {
      const effect = isNarrow && effects.find((each) => each.listId === listId);
      return effect ? [before('line', { start: effect.start, stop: effect.stop })] : [];
    };
    const everyone = { id: allContacts, label: t('all'), details: [t('allText'), ...lineOf(null)] };
    return [
      { id: 'everyone', name: t('all'), options: withEveryone ? [everyone] : [] },
      {
        id: 'segments',
        name: t('label'),
        options: options.map((segment) => optionOf(segment, lineOf(segment.listId), t, ago)),
      },
    ];
  }, [options, effects, withEveryone, isNarrow, t, before, ago]);
}

/** How one segment reads. */
function optionOf(
  segment: SegmentOption,
  effect: readonly string[],
  t: Translator,
  ago: (iso: string) => string,
): PopoverOption {
  const size = segment.size ?? 0;
  const parts =
    segment.state === 'processing'
      ? [t('sizeSoFar', { count: size })]
      : [
          ...(segment.size === null ? [] : [t('size', { count: size })]),
          ...(segment.updatedAt ? [t('updated', { when: ago(segment.updatedAt) })] : []),
        ];
  return {
    id: segment.listId,
    label: segment.name,
    details: [...parts, ...effect],
    isDisabled: segment.state === 'failed',
    ...(tagOf(segment, t) ?? {}),
  };
}

function tagOf(segment: SegmentOption, t: Translator): Pick<PopoverOption, 'tag'> | null {
  if (segment.state === 'processing') return { tag: { label: t('processing'), tone: 'info', isBusy: true } };
  if (segment.state === 'failed') return { tag: { label: t('failed'), tone: 'danger' } };
  if (segment.size === 0) return { tag: { label: t('zero'), tone: 'caution' } };
  return null;
}
