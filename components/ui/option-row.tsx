import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { ListBoxItem } from 'react-aria-components/ListBox';
import { optionClass } from './option-style.ts';
import type { SelectOption } from './select.tsx';

/** An option of a list, with a tick if it is chosen. `children`: how it looks, where its label alone is not enough. */
export function OptionRow({ option, children }: { option: SelectOption; children?: ReactNode }) {
  return (
    <ListBoxItem
      id={option.id}
      textValue={option.label}
      isDisabled={option.isDisabled}
      className={optionClass}
    >
      {({ isSelected }) => (
        <>
          <div className="min-w-0 flex-1">
            {children ?? option.label}
            {option.description && (
              <div className="mt-px text-tiny text-text-subtle">{option.description}</div>
            )}
          </div>
          {isSelected && <Check size={16} aria-hidden className="shrink-0 text-accent" />}
        </>
      )}
    </ListBoxItem>
  );
}
