'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { PageBody } from '#components/shell/page-body.tsx';
import { Stepper } from '#components/ui/stepper.tsx';

export interface WizardFrameProps {
  steps: readonly string[];
  /** Index of the current step. */
  current: number;
  children: ReactNode;
}

/** The steps above, the current one below; 720 px wide. */
export function WizardFrame({ steps, current, children }: WizardFrameProps) {
  const t = useTranslations('connections.wizard');
  return (
    <PageBody>
      <div className="max-w-[720px]">
        <div className="mt-3 mb-7 max-md:mt-1 max-md:mb-5">
          <Stepper label={t('steps')} steps={steps} current={current} doneLabel={t('done')} />
        </div>
        {children}
      </div>
    </PageBody>
  );
}

export interface WizardStepProps {
  /** Above the heading: what went wrong, or what stands in the way. */
  notice?: ReactNode;
  title: string;
  description?: string;
  children: ReactNode;
  /** Buttons, primary first. */
  footer: ReactNode;
  /** Moves the focus to the heading: when the person came here from another step. */
  takesFocus: boolean;
}

/** One step: heading, content, buttons. */
export function WizardStep(props: WizardStepProps) {
  const { notice, title, description, children, footer, takesFocus } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <>
      {notice && <div className="mb-7 grid gap-3 max-md:mb-5">{notice}</div>}
      <h2 ref={heading} tabIndex={-1} className="text-h2 outline-none">
        {title}
      </h2>
      {description && <p className="mt-1.5 text-text-subtle">{description}</p>}
      <div className="mt-5">{children}</div>
      <div className="mt-7 flex flex-wrap gap-2 max-md:*:flex-1">{footer}</div>
    </>
  );
}
