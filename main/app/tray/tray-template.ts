import type { MenuItemConstructorOptions } from 'electron';
import type { TrayLine, TrayView } from './tray-model.ts';

/** What can be chosen in the tray. */
export interface TrayChoices {
  /** Brings the window to the front, with a context in view if one was chosen. */
  readonly open: (context?: string) => void;
  readonly quit: () => void;
}

/** The menu of the tray: clusters, certificates that end, the window, the end. */
export function trayTemplate(
  { clusters, certificates }: TrayView,
  { open, quit }: TrayChoices,
): MenuItemConstructorOptions[] {
  const item = ({ label, context }: TrayLine): MenuItemConstructorOptions => ({
    // One alone would underline a letter.
    label: label.replaceAll('&', '&&'),
    click: () => {
      open(context);
    },
  });
  const line = { type: 'separator' } as const;
  return [
    ...clusters.map(item),
    ...(certificates.length > 0 ? [line, ...certificates.map(item)] : []),
    ...(clusters.length > 0 ? [line] : []),
    item({ label: 'Open Minos' }),
    { label: 'Quit', click: quit },
  ];
}
