import { Clock, FileText, RefreshCw, Timer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Card } from '#components/ui/card.tsx';

/** What HubSpot's own help says that people trip over. */
export function GoodToKnow() {
  const t = useTranslations('settings.know');
  const facts = [
    { id: 'update', icon: RefreshCw, text: t('update') },
    { id: 'processing', icon: Clock, text: t('processing') },
    { id: 'import', icon: FileText, text: t('import') },
    { id: 'race', icon: Timer, text: t('race') },
  ];
  return (
    <Card title={t('title')} isAside>
      <ul className="mt-3 grid gap-3 text-small">
        {facts.map(({ id, icon: Icon, text }) => (
          <li key={id} className="flex gap-2.5">
            <Icon size={16} aria-hidden className="mt-px shrink-0 text-accent" />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
