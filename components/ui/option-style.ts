/** A row of a list box or menu: 36 px, 48 px in a sheet. */
export const optionClass =
  'relative flex min-h-9 cursor-pointer items-center gap-2.5 rounded-item px-2.5 py-1.5 text-body outline-none max-md:min-h-12 ' +
  'data-focused:bg-surface-hover data-hovered:bg-surface-hover data-selected:bg-accent-soft data-selected:font-medium ' +
  'data-disabled:cursor-not-allowed data-disabled:bg-transparent data-disabled:text-text-disabled ' +
  'data-focus-visible:outline-2 data-focus-visible:-outline-offset-2 data-focus-visible:outline-focus';
