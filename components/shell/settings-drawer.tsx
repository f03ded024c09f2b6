'use client';

import { PanelLeftOpen } from 'lucide-react';
import { createContext, useContext } from 'react';
import { IconButton } from '../ui/icon-button.tsx';

/** How a page head opens the drawer of the layout around it; null where there is no drawer. */
export const SettingsDrawerContext = createContext<{ label: string; open: () => void } | null>(null);

/** Stands before the back link below 1100 px. */
export function SettingsDrawerButton() {
  const drawer = useContext(SettingsDrawerContext);
  if (!drawer) return null;
  return (
    <IconButton
      label={drawer.label}
      icon={<PanelLeftOpen size={18} aria-hidden />}
      onPress={drawer.open}
      hasTooltip={false}
      className="-ml-2 lg:hidden"
    />
  );
}
