'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

const pauseMs = 150;
const gap = 12;

export type ActiveOption = { id: string; top: number; left: number };

/** Inside an option: tells when it becomes the active one, and where it stands. */
export function ActiveMark({
  id,
  isActive,
  onActive,
}: {
  id: string;
  isActive: boolean;
  onActive: (option: ActiveOption) => void;
}) {
  const mark = useRef<HTMLSpanElement>(null);
  const tell = useRef(onActive);
  tell.current = onActive;
  useEffect(() => {
    const option = mark.current?.closest('[role=option]');
    if (!isActive || !option) return;
    const { top, right } = option.getBoundingClientRect();
    tell.current({ id, top, left: right + gap });
  }, [id, isActive]);
  return <span ref={mark} hidden />;
}

/** What is said beside the active option, a moment after it became that. Takes no focus and no clicks. */
export function Beside({
  id,
  active,
  children,
}: {
  id: string;
  active: ActiveOption | null;
  children: (optionId: string) => ReactNode;
}) {
  const [shown, setShown] = useState<ActiveOption | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(active), pauseMs);
    return () => clearTimeout(timer);
  }, [active]);
  return (
    <div
      id={id}
      role="status"
      style={shown ? { top: `min(${shown.top}px, calc(100dvh - 14rem))`, left: shown.left } : undefined}
      className="pointer-events-none fixed z-30 w-78 rounded-card border border-line-card bg-surface p-4 shadow-300 empty:hidden max-xl:hidden"
    >
      {shown && children(shown.id)}
    </div>
  );
}
