'use client';

import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

/**
 * Shows `text` after 400 ms of hover or at once on keyboard focus of its one child, which must be a React
 * Aria control (Button, IconButton) or wrapped in `Focusable`. It never holds the only copy of a fact.
 */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    <TooltipTrigger delay={400} closeDelay={80}>
      {children}
      <AriaTooltip
        offset={6}
        className="z-50 max-w-[260px] rounded-control bg-primary px-2.5 py-1.5 text-tiny font-normal text-text-on-fill shadow-300 transition-opacity data-entering:opacity-0 data-exiting:opacity-0"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
