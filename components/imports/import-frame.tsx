'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { PageBody } from '#components/shell/page-body.tsx';
import { Stepper } from '#components/ui/stepper.tsx';

export const importSteps = ['choose', 'preview', 'import', 'result'] as const;
export type ImportStep = (typeof importSteps)[number];

export interface ImportFrameProps {
  step: ImportStep;
  /** Heading of the step; it takes the focus when the person came here from another step. */
  title: string;
  takesFocus?: boolean;
  /** What went wrong, or stands in the way. */
  notice?: ReactNode;
  children?: ReactNode;
  /** Buttons, primary first. */
  footer?: ReactNode;
}

/** The wizard: title and steps above, the current step below; 720 px wide. */
export function ImportFrame({ step, title, takesFocus = false, notice, children, footer }: ImportFrameProps) {
  const t = useTranslations('imports');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <PageBody>
      <div className="max-w-[720px]">
        <h2 className="text-h2-page">{t('title')}</h2>
        <div className="mt-4 mb-7 max-md:mb-5">
          <Stepper
            label={t('title')}
            steps={importSteps.map((each) => t(`steps.${each}`))}
            current={importSteps.indexOf(step)}
            doneLabel={t('done')}
          />
        </div>
        {notice && <div className="mb-6 grid gap-3">{notice}</div>}
        <h3 key={step} ref={heading} tabIndex={-1} className="text-h2 outline-none">
          {title}
        </h3>
        <div className="mt-4">{children}</div>
        {footer && <div className="mt-7 flex flex-wrap gap-2 max-md:*:flex-1">{footer}</div>}
      </div>
    </PageBody>
  );
}
