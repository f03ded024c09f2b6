'use client';

import { useTranslations } from 'next-intl';
import { useSingleKeys } from '#components/shell/single-keys.ts';
import { Modal } from '#components/ui/modal.tsx';
import { Switch } from '#components/ui/switch.tsx';

const everywhere = [
  { does: 'search', keys: ['Ctrl', 'K'] },
  { does: 'regions', keys: ['F6'] },
  { does: 'close', keys: ['Esc'] },
  { does: 'list', keys: ['?'] },
] as const;
const inEditor = [
  { does: 'review', keys: ['Ctrl', 'S'] },
  { does: 'undo', keys: ['Ctrl', 'Z'] },
  { does: 'redo', keys: ['Ctrl', 'Shift', 'Z'] },
  { does: 'addFilter', keys: ['A'] },
] as const;

/** All shortcuts, and whether single letters are among them. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('shell.shortcuts');
  const common = useTranslations('common');
  const [isOn, choose] = useSingleKeys();
  return (
    <Modal isOpen={isOpen} onClose={onClose} title={t('title')} closeLabel={common('close')} size="small">
      <Group title={t('everywhere')} shortcuts={everywhere} />
      <Group title={t('inEditor')} shortcuts={inEditor} />
      <p className="mt-3 mb-5 text-small text-text-subtle">{t('mac')}</p>
      <Switch label={t('single')} description={t('singleText')} isSelected={isOn} onChange={choose} />
    </Modal>
  );
}

function Group(props: { title: string; shortcuts: typeof everywhere | typeof inEditor }) {
  const { title, shortcuts } = props;
  const t = useTranslations('shell.shortcuts.does');
  return (
    <section className="mb-4">
      <h3 className="text-h3">{title}</h3>
      <dl>
        {shortcuts.map(({ does, keys }) => (
          <div key={does} className="flex items-center gap-4 border-line border-b py-2 last:border-b-0">
            <dt className="min-w-0 flex-1">{t(does)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="grid h-6 min-w-6 place-items-center rounded-control border border-line-control px-1.5 font-sans text-small"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
