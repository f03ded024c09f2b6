'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AppTile } from '#components/ui/app-tile.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Why, WhyLink } from '#lib/insight/schemas.ts';
import { useWhyWords } from './use-why-words.ts';

const causes = [
  ...['deleted_in_hubspot', 'privacy_deleted', 'deleted_in_salesforce', 'merged', 'converted', 'handed_over'],
];

/** Which contact and which record are one person, since when and how; or why they no longer are. */
export function LinkCard({ why, onCopy }: { why: Why; onCopy: (text: string) => void }) {
  const t = useTranslations('contacts.link');
  const words = useWhyWords();
  const { link, formerLinks, email, verdict } = why;
  const origin = link ? originKey(link) : '';
  const isFrozen = link !== null && why.list?.isMember === false;
  return (
    <Card title={t('title')} isAside>
      <ul className="mt-3 grid gap-2.5">
        <End
          tile="HS"
          side="hubspot"
          label={t('hubspot')}
          id={why.id}
          href={why.hubspotUrl}
          onCopy={onCopy}
        />
        {link && (
          <End
            tile="SF"
            side="salesforce"
            label={t(`ends.${link.object}`)}
            id={link.recordId}
            href={link.url}
            onCopy={onCopy}
          />
        )}
      </ul>
      <p className="mt-3 border-line border-t pt-3 text-small break-words text-text-subtle tabular-nums">
        {link && t(`origins.${origin}`, { date: words.day(link.createdAt) })}{' '}
        {isFrozen &&
          (verdict.kind === 'left' && verdict.since
            ? t('frozenSince', { date: words.day(verdict.since) })
            : t('frozen'))}
        {link && why.severalRecords && ` ${t('several')}`}
        {!link && formerLinks.length === 0 && (email ? t('none', { email }) : t('noneNoEmail'))}
      </p>
      {formerLinks.map((former) => (
        <p
          key={`${former.recordId}-${former.createdAt}`}
          className="mt-2 text-small break-words text-text-subtle tabular-nums"
        >
          {t(`ends.${former.object}`)} {former.recordId}.{' '}
          {t('ended', {
            date: former.endedAt ? words.day(former.endedAt) : '–',
            cause: t(`cause.${causes.find((each) => each === former.endCause) ?? 'other'}`),
          })}
        </p>
      ))}
    </Card>
  );
}

function originKey({ origin, object }: WhyLink): string {
  return origin === 'CREATED' ? `${origin}_${object}` : origin;
}

function End(props: {
  tile: string;
  side: 'hubspot' | 'salesforce';
  label: string;
  id: string;
  href: string | null;
  onCopy: (text: string) => void;
}) {
  const t = useTranslations('contacts.link');
  const { tile, side, label, id, href, onCopy } = props;
  const open = useTranslations('contacts');
  return (
    <li className="flex items-center gap-3">
      <AppTile letters={tile} tint={side === 'hubspot' ? 2 : 1} size="medium" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{label}</span>
        <Button variant="link" aria-label={t('copyId', { id })} onPress={() => onCopy(id)}>
          <span className="text-small font-light break-all text-text-subtle">{id}</span>
        </Button>
      </span>
      {href && (
        <a
          href={href}
          target="_blank"
          rel="noreferrer"
          aria-label={`${open(side === 'hubspot' ? 'openHubspot' : 'openSalesforce')} ${t('newTab')}`}
          className="touch-target relative grid size-8 place-items-center rounded-item text-text-subtle hover:bg-surface-hover hover:text-text"
        >
          <ExternalLink size={16} aria-hidden />
        </a>
      )}
    </li>
  );
}
