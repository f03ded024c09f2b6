import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AppTile } from '#components/ui/app-tile.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageSection } from '#components/ui/card.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { appTiles } from './app-identity.ts';
import type { Cause } from './app-status.ts';

export interface NeedsAttentionProps {
  causes: readonly Cause[];
  onReconnect: (cause: Cause) => void;
  /** Which app's log-in opens just now. */
  opening: Cause['app'] | null;
  /** Why the person cannot do it. */
  disabledReason?: string;
}

/** What a person has to do, one row per cause. Not there when there is nothing. */
export function NeedsAttention(props: NeedsAttentionProps) {
  const t = useTranslations('connections');
  if (props.causes.length === 0) return null;
  return (
    <PageSection title={t('attention.title')}>
      <ul className="overflow-hidden rounded-card border border-line-card">
        {props.causes.map((cause) => (
          <CauseRow key={cause.app} cause={cause} {...props} />
        ))}
      </ul>
    </PageSection>
  );
}

function CauseRow({ cause, onReconnect, opening, disabledReason }: NeedsAttentionProps & { cause: Cause }) {
  const t = useTranslations('connections');
  const { ago } = useTimes();
  const when = ago(cause.since);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-3 border-line border-b p-3.5 last:border-b-0">
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-full bg-caution-soft text-caution max-md:hidden"
      >
        <TriangleAlert size={18} />
      </span>
      <AppTile {...appTiles[cause.app]} size="medium" />
      <div className="min-w-0 flex-1 basis-44">
        <p className="font-medium">{t(cause.app)}</p>
        <p className="text-text-subtle tabular-nums">
          {cause.kind === 'expired'
            ? t('attention.expired', { when })
            : t('attention.disconnected', { when })}
        </p>
      </div>
      <Button
        variant="secondary"
        onPress={() => onReconnect(cause)}
        isBusy={opening === cause.app}
        busyLabel={t('reconnect')}
        isDisabled={disabledReason !== undefined}
        {...(disabledReason ? { disabledReason } : {})}
        className="max-md:w-full"
      >
        {t('reconnect')}
      </Button>
    </li>
  );
}
