/** Whether `href` is the current page or one above it. */
export function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(href.endsWith('/') ? href : `${href}/`);
}

/** Of several addresses, the one that fits the current path best: the longest that contains it. */
export function bestMatch(path: string, hrefs: readonly string[]): string | undefined {
  return hrefs
    .filter((href) => isWithin(path, href))
    .sort((a, b) => b.length - a.length)
    .at(0);
}
