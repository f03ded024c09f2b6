import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import type { ConsentFailureInfo } from './consent-failure-info.ts';

/** Why the log-in at Salesforce led to nothing, and what to do. */
export function ConsentFailure({ failure }: { failure: ConsentFailureInfo }) {
  const t = useTranslations('connections.failure');
  const { kind, reference, rights } = failure;
  if (kind === 'rights') {
    return (
      <Alert tone="danger" role="alert" title={t('rightsTitle')}>
        <ul className="my-1.5 list-disc pl-5">
          {rights.map(({ object, right }) => (
            <li key={`${object} ${right}`}>
              {right === 'read'
                ? t('rightRead', { object })
                : right === 'create'
                  ? t('rightCreate', { object })
                  : t('rightEdit', { object })}
            </li>
          ))}
        </ul>
        {t('rightsAfter')}
      </Alert>
    );
  }
  const sentences: Record<Exclude<typeof kind, 'rights'>, [title: string, text?: string]> = {
    denied: [t('denied')],
    unverified: [t('unverified')],
    failed: [t('failed')],
    apiDisabled: [t('apiDisabled'), t('apiDisabledText')],
    limitReached: [t('limitReached'), t('limitReachedText')],
    unavailable: [t('unavailable'), t('unavailableText')],
    refused: [t('refused'), t('refusedText')],
    loginUrl: [t('loginUrl'), t('loginUrlText')],
    adminOnly: [t('adminOnly')],
    other: [t('other')],
  };
  const [title, text] = sentences[kind];
  return (
    <Alert tone={kind === 'denied' ? 'caution' : 'danger'} role="alert" title={title}>
      {text}
      {reference && <span className="block text-small">{t('reference', { reference })}</span>}
    </Alert>
  );
}
