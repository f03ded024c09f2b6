'use client';

import dynamic from 'next/dynamic';

/** The Contacts tab of another day; not part of what today's loads. */
export const SettingsOfThen = dynamic(() =>
  import('./settings-as-of.tsx').then((file) => file.SettingsOfThen),
);
