import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import electron from './electron-module.ts';

const types = readFileSync(createRequire(import.meta.url).resolve('electron/electron.d.ts'), 'utf8');

/** The text of Electron's own declaration of a class or interface, with those it extends. */
const declarationOf = (name: string): string => {
  const start = new RegExp(
    `^  (?:interface|class) ${name} (?:extends ([\\w.]+) )?(?:implements [\\w.]+ )?\\{`,
    'm',
  ).exec(types);
  if (!start) return '';
  const body = types.slice(start.index, types.indexOf('\n  }\n', start.index));
  return body + (start[1] ? declarationOf(start[1].replace(/^Electron\./, '')) : '');
};

const EMITTER = new Set(Object.getOwnPropertyNames(Object.getPrototypeOf(electron.app.constructor.prototype)));

/** Own members, and those of the classes between this one and EventEmitter. */
const membersOf = (value: object): string[] => {
  const names: string[] = Object.keys(value);
  let prototype: unknown = Object.getPrototypeOf(value);
  while (prototype && prototype.constructor.name !== 'EventEmitter' && prototype !== Object.prototype) {
    names.push(...Object.getOwnPropertyNames(prototype));
    prototype = Object.getPrototypeOf(prototype);
  }
  const isEmitters = (name: string): boolean => EMITTER.has(name) || /^_(events|eventsCount|maxListeners)$/.test(name);
  return [...new Set(names)].filter(
    (name) => name !== 'constructor' && !name.startsWith('standIn') && !isEmitters(name),
  );
};

const { BrowserWindow, webContents: WebContents, Tray, Notification, webFrameMain: WebFrameMain, Menu } = electron;

describe('the names of the stand-in', () => {
  it.each<[string, object]>([
    ['App', electron.app],
    ['BrowserWindow', BrowserWindow.prototype],
    ['WebContents', WebContents.prototype],
    ['WebFrameMain', WebFrameMain.prototype],
    ['IpcMain', electron.ipcMain],
    ['Session', electron.session.defaultSession],
    ['Protocol', electron.protocol],
    ['WebRequest', electron.session.defaultSession.webRequest],
    ['Menu', Menu.prototype],
    ['NativeTheme', electron.nativeTheme],
    ['Net', electron.net],
    ['Notification', Notification.prototype],
    ['PowerMonitor', electron.powerMonitor],
    ['Screen', electron.screen],
    ['Tray', Tray.prototype],
    ['CommandLine', electron.app.commandLine],
    ['MessagePortMain', new electron.MessageChannelMain().port1],
    ['NativeImage', electron.nativeImage.createEmpty()],
  ])('are names of Electron: %s', (name, value) => {
    const declaration = declarationOf(name);

    const invented = membersOf(value).filter((member) => !new RegExp(`\\b${member}\\b`).test(declaration));

    expect(declaration).not.toBe('');
    expect(invented).toEqual([]);
  });
});
