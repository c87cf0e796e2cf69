import { Notification } from 'electron';

/** Text for the desktop. It may stay on a locked screen: no key and no path is in it. */
export interface SystemNotice {
  readonly title: string;
  readonly body: string;
}

/**
 * The system's notifications; a click brings a window to the front first, by `show`. Undefined where the system has none. What is
 * shown is kept until it is closed: a notification that is collected no longer hears its click.
 */
export function createNotices(show: () => void): ((notice: SystemNotice, onClick: () => void) => void) | undefined {
  if (!Notification.isSupported()) return undefined;
  const shown = new Set<Notification>();
  return ({ title, body }, onClick) => {
    const notification = new Notification({ title, body });
    shown.add(notification);
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => {
      forget();
      show();
      onClick();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  };
}
