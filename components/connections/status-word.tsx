import { useTranslations } from 'next-intl';
import { StatusDot } from '#components/ui/status-dot.tsx';
import type { Tone } from '#components/ui/tone.ts';
import type { AppStatus } from './app-status.ts';

const tones: Record<AppStatus, Tone | 'hollow'> = {
  connected: 'positive',
  paused: 'neutral',
  waiting: 'caution',
  expired: 'caution',
  disconnected: 'hollow',
  notConnected: 'hollow',
};

/** How an app stands: dot and word. */
export function StatusWord({ status }: { status: AppStatus }) {
  const t = useTranslations('connections.status');
  return <StatusDot tone={tones[status]} label={t(status)} />;
}
