export interface PageEntry {
  key: string;
  /** Null stands for a gap. */
  page: number | null;
}

/** First, last, current and its neighbours, with gaps between; at most seven entries. */
export function pageWindow(current: number, count: number): PageEntry[] {
  const pages = new Set([1, current - 1, current, current + 1, Math.max(1, count)]);
  if (count <= 5) for (let page = 1; page <= count; page++) pages.add(page);
  const shown = [...pages].filter((page) => page >= 1 && page <= Math.max(1, count)).sort((a, b) => a - b);
  return shown.flatMap((page, index) => {
    const former = shown[index - 1] ?? page - 1;
    const entry = { key: `page-${page}`, page };
    if (page - former === 1) return [entry];
    // A gap of one page is no gap: the page itself takes its place.
    const between =
      page - former === 2 ? { key: `page-${page - 1}`, page: page - 1 } : { key: `gap-${page}`, page: null };
    return [between, entry];
  });
}
