'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { SeenGroup } from '#components/contact-sync/switch-before.tsx';
import { BackButton } from '#components/ui/back-button.tsx';
import type { SwitchEffect } from '#lib/insight/schemas.ts';
import { SwitchPeople } from './switch-people.tsx';

export interface RestorePeopleProps {
  effect: SwitchEffect;
  group: SeenGroup;
  version: number;
  onBack: () => void;
}

/** Who would start or stop if a restore brought another list back. */
export function RestorePeople({ effect, group, version, onBack }: RestorePeopleProps) {
  const t = useTranslations('switch');
  const history = useTranslations('history.panel');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      // Back to the number, once it is there again.
      const number = () => document.querySelector<HTMLElement>(`[data-see="${group}"] button`);
      requestAnimationFrame(() => number()?.focus());
    };
  }, [group]);
  return (
    <>
      <BackButton onPress={onBack}>{history('restore', { version })}</BackButton>
      <h3 ref={heading} tabIndex={-1} className="mt-1 text-h2 outline-none">
        {t.markup(`row.${group}`, { count: effect[group], n: (text) => text })}
      </h3>
      <p className="mt-0.5 text-small text-text-subtle">{t(`people.text.${group}`)}</p>
      <div className="-mx-6 -mb-6 flex max-h-[55dvh] flex-col max-md:-mx-4 max-md:*:px-4">
        <SwitchPeople of={{ listId: effect.listId }} group={group} counted={effect[group]} />
      </div>
    </>
  );
}
