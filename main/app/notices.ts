import { Notification } from 'electron';
import { showWindow } from './show-window.ts';

/** Text for the desktop. It may stay on a locked screen: no key and no path is in it. */
export interface SystemNotice {
  readonly title: string;
  readonly body: string;
}

/**
 * The system's notifications; a click brings the window to the front first. Undefined where the system has none. What is
 * shown is kept until it is closed: a notification that is collected no longer hears its click.
 */
export function createNotices(): ((notice: SystemNotice, onClick: () => void) => void) | undefined {
  if (!Notification.isSupported()) return undefined;
  const shown = new Set<Notification>();
  return ({ title, body }, onClick) => {
    const notification = new Notification({ title, body });
    shown.add(notification);
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => {
      forget();
      showWindow();
      onClick();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  };
}
