'use client';

import { X } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type ReactNode, type Ref, useId } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '#components/ui/icon-button.tsx';

export interface SwitchFrameProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  /** Below 768 px it is a dialog over the whole page. */
  isNarrow: boolean;
  /** Pixels from the top of the window, where it stands beside the page. */
  top: number;
  /** Above the title: the way back. */
  before?: ReactNode;
  /** Under the title. */
  subtitle?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  headingRef: Ref<HTMLHeadingElement>;
}

/** The panel beside the settings: docked from 1200 px, over the page below, the whole page on phones. */
export function SwitchFrame(props: SwitchFrameProps) {
  const { title, onClose, isNarrow, top } = props;
  const titleId = useId();
  if (isNarrow) {
    return (
      <ModalOverlay
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        className="fixed inset-x-0 top-12 bottom-0 z-30"
      >
        <Modal className="h-full bg-surface">
          <Dialog aria-labelledby={titleId} aria-modal className="flex h-full flex-col outline-none">
            <Inside {...props} titleId={titleId} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  const style = { '--panel-top': `${top}px` } as CSSProperties;
  return (
    <aside
      aria-label={title}
      onKeyDown={onKeyDown}
      style={style}
      className="fixed top-12 right-0 bottom-0 z-20 flex w-[440px] flex-col border-line border-l bg-surface shadow-300 xl:top-(--panel-top) xl:z-10 xl:border-t xl:shadow-[-8px_0_16px_-12px_rgb(0_0_0/0.18)]"
    >
      <Inside {...props} titleId={titleId} />
    </aside>
  );
}

function Inside(props: SwitchFrameProps & { titleId: string }) {
  const { title, titleId, closeLabel, onClose, before, subtitle, children, footer, headingRef } = props;
  return (
    <>
      <div className="flex items-start gap-3 px-6 pt-4 pb-3">
        <div className="min-w-0 flex-1">
          {before}
          <h2 ref={headingRef} id={titleId} tabIndex={-1} className="text-h2 outline-none">
            {title}
          </h2>
          {subtitle && <p className="mt-0.5 text-small text-text-subtle tabular-nums">{subtitle}</p>}
        </div>
        <IconButton
          label={closeLabel}
          icon={<X size={16} aria-hidden />}
          onPress={onClose}
          hasTooltip={false}
          className="-mr-2"
        />
      </div>
      {children}
      {footer && (
        <div className="flex flex-wrap gap-2 border-line border-t px-6 py-3 max-md:*:flex-1">{footer}</div>
      )}
    </>
  );
}
