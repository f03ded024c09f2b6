'use client';

import { ListBox, type ListBoxProps } from 'react-aria-components/ListBox';
import { OptionRow } from './option-row.tsx';
import type { OverlayProps } from './overlay-trigger.tsx';
import { Popover } from './popover.tsx';
import type { SelectOption } from './select.tsx';

export interface OptionPopoverProps extends OverlayProps {
  /** Name of the list. */
  label: string;
  options: readonly SelectOption[];
  value: string | null;
  onChange: (id: string) => void;
  className: string;
}

/** What floats under a select: its options, the chosen one in focus. */
export function OptionPopover(props: OptionPopoverProps) {
  const { label, options, value, onChange, autoFocus, className, ...overlay } = props;
  return (
    <Popover {...overlay} aria-label={label} placement="bottom start" className={className}>
      <OptionList
        options={options}
        label={label}
        autoFocus={value === null ? autoFocus : true}
        selectionMode="single"
        selectedKeys={value === null ? [] : [value]}
        onSelectionChange={(keys) => {
          // Nothing: the chosen one again.
          const chosen = options.find((option) => keys === 'all' || keys.has(option.id));
          if (chosen) onChange(chosen.id);
          overlay.onOpenChange(false);
        }}
      />
    </Popover>
  );
}

type ListProps = Pick<
  ListBoxProps<SelectOption>,
  'autoFocus' | 'selectionMode' | 'selectedKeys' | 'onSelectionChange'
>;

/** The options alone; the combo box passes none. */
export function OptionList(
  props: ListProps & { options?: readonly SelectOption[]; emptyText?: string; label?: string },
) {
  const { options, emptyText, label, ...list } = props;
  return (
    <ListBox
      {...list}
      aria-label={label}
      items={options}
      renderEmptyState={() => <p className="px-2.5 py-2 text-text-subtle">{emptyText}</p>}
      className="max-h-[340px] min-h-0 overflow-auto p-1.5 outline-none max-md:max-h-none"
    >
      {(option: SelectOption) => <OptionRow option={option} />}
    </ListBox>
  );
}
