import { app } from './modules/app.ts';
import { BrowserWindow } from './modules/window/browser-window.ts';
import { clipboard } from './modules/clipboard.ts';
import { dialog } from './modules/dialog.ts';
import { ipcMain } from './modules/messages/ipc-main.ts';
import { Menu, MenuItem } from './modules/menu.ts';
import { MessageChannelMain } from './modules/messages/message-ports.ts';
import { nativeImage } from './modules/native-image.ts';
import { nativeTheme } from './modules/native-theme.ts';
import { net } from './modules/requests/net.ts';
import { Notification } from './modules/notification.ts';
import { powerMonitor, powerSaveBlocker } from './modules/power-monitor.ts';
import { safeStorage } from './modules/safe-storage.ts';
import { screen } from './modules/screen.ts';
import { session } from './modules/requests/session.ts';
import { shell } from './modules/shell.ts';
import { crashReporter, globalShortcut, systemPreferences } from './modules/small-modules.ts';
import { Tray } from './modules/tray.ts';
import { utilityProcess } from './modules/messages/utility-process.ts';
import { WebContents as webContents } from './modules/window/web-contents.ts';
import { WebFrameMain as webFrameMain } from './modules/window/web-frame-main.ts';

const { protocol } = session.defaultSession;

/** What `import … from 'electron'` and `require('electron')` answer in the main process. */
const electron = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
  webFrameMain,
};

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  webContents,
  webFrameMain,
  electron as 'module.exports',
};
export default electron;
