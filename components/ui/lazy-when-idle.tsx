import { type ComponentType, use } from 'react';

/**
 * A component whose code is not part of what a page needs at first: it is fetched when the browser has nothing
 * else to do, or when it is shown before that. Show it inside a `Suspense`; once the code is there it appears at
 * once, so that no key is lost that is pressed after the one that opened it.
 */
export function lazyWhenIdle<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loading: Promise<ComponentType<Props>> | undefined;
  let loaded: ComponentType<Props> | undefined;
  const once = () => {
    loading ??= load().then(
      (component) => {
        loaded = component;
        return component;
      },
      (error: unknown) => {
        // Whoever shows it now is told; "Try again" asks again.
        setTimeout(() => {
          loading = undefined;
        }, 1_000);
        throw error;
      },
    );
    return loading;
  };
  whenIdle(() => void once().catch(() => undefined));
  return function WhenLoaded(props: Props) {
    const Shown = loaded ?? use(once());
    return <Shown {...props} />;
  };
}

/** Once the page has loaded and the browser has nothing else to do. */
export function whenIdle(act: () => void): void {
  if (typeof window === 'undefined') return;
  const wait = () => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(act);
    else setTimeout(act, 1_000);
  };
  if (document.readyState === 'complete') wait();
  else window.addEventListener('load', wait, { once: true });
}
