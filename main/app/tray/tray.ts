import { Menu, nativeImage, Tray } from 'electron';
import { TRAY_ICON } from './tray-icon.ts';
import type { TrayView } from './tray-model.ts';
import { trayTemplate, type TrayChoices } from './tray-template.ts';

/** What the tray needs. */
export interface TrayOptions extends TrayChoices {
  readonly view: () => TrayView;
  /** Calls whenever the view may say something else, until the returned function is called. */
  readonly follow: (again: () => void) => () => void;
}

/** The sign beside the clock. It is there while `show(true)`; without a tray on this system nothing happens. */
export function createTray(options: TrayOptions): { readonly show: (isShown: boolean) => void } {
  let shown: { readonly tray: Tray; readonly stop: () => void } | undefined;
  const open = (): void => {
    const tray = new Tray(nativeImage.createFromDataURL(TRAY_ICON));
    let last = '';
    const draw = (): void => {
      const view = options.view();
      const text = JSON.stringify(view);
      // A menu that is open closes when it is replaced.
      if (text === last) return;
      last = text;
      tray.setToolTip(view.toolTip);
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(view, options)));
    };
    tray.on('click', () => {
      options.open();
    });
    draw();
    shown = { tray, stop: options.follow(draw) };
  };
  return {
    show: (isShown) => {
      if (isShown === (shown !== undefined)) return;
      if (isShown) open();
      else {
        shown?.stop();
        shown?.tray.destroy();
        shown = undefined;
      }
    },
  };
}
