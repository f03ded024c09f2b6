import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/**
 * A component whose code is not part of what a page needs at first: it is fetched when the browser has nothing
 * else to do, or when it is shown before that. Show it inside a `Suspense`.
 */
export function lazyWhenIdle<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined;
  const once = () => {
    loading ??= load().then((component) => ({ default: component }));
    return loading;
  };
  // Whoever shows it asks again if this failed.
  const ahead = () =>
    void once().catch(() => {
      loading = undefined;
    });
  if (typeof window !== 'undefined') {
    if ('requestIdleCallback' in window) window.requestIdleCallback(ahead);
    else setTimeout(ahead, 1_000);
  }
  return lazy(once);
}
