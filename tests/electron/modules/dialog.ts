import type { Dialog } from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './window/browser-window.ts';
import { recorded } from './runtime.ts';

interface FileDialogOptions {
  readonly title?: string;
  readonly defaultPath?: string;
  readonly properties?: readonly string[];
}

const OPEN_PROPERTIES = new Set([
  'openFile',
  'openDirectory',
  'multiSelections',
  'showHiddenFiles',
  'createDirectory',
  'promptToCreate',
  'noResolveAliases',
  'treatPackageAsDirectory',
  'dontAddToRecent',
]);
const SAVE_PROPERTIES = new Set([
  'showHiddenFiles',
  'createDirectory',
  'treatPackageAsDirectory',
  'showOverwriteConfirmation',
  'dontAddToRecent',
]);

/**
 * No dialog is ever drawn: every one is cancelled, unless a test has replaced the function. What it was asked is checked
 * and written down with the defaults that Electron uses: without a path a dialog opens in the folder for downloads.
 */
export const dialog = {
  showOpenDialog: async (...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> => {
    note('showOpenDialog', args, OPEN_PROPERTIES);
    return { canceled: true, filePaths: [] };
  },
  showSaveDialog: async (...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> => {
    note('showSaveDialog', args, SAVE_PROPERTIES);
    return { canceled: true, filePath: '' };
  },
  /** Answers with the cancel button, or else the first one. */
  showMessageBox: async (...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => {
    say('showMessageBox');
    const options = args.at(-1) as { readonly cancelId?: number } | undefined;
    return { response: options?.cancelId ?? 0, checkboxChecked: false };
  },
  showErrorBox: (title: string, content: string): void => {
    recorded.errorBoxes.push({ title, content });
    console.error(`${title}: ${content}`);
  },
} satisfies Partial<Dialog>;

function note(name: 'showOpenDialog' | 'showSaveDialog', args: readonly unknown[], known: ReadonlySet<string>): void {
  const [first, second] = args;
  if (args.length > 1 && !(first instanceof BrowserWindow)) throw new TypeError('Invalid window');
  const options = (args.length > 1 ? second : first) as FileDialogOptions | undefined;
  if (options === null || typeof options !== 'object') throw new TypeError('Options must be an object');
  const { title = '', defaultPath, properties = [] } = options;
  const foreign = properties.filter((property) => !known.has(property));
  if (foreign.length > 0) throw new TypeError(`The stand-in knows no property ${foreign.join(', ')} of ${name}.`);
  recorded.dialogs.push({
    name,
    title,
    defaultPath: defaultPath ?? app.getPath('downloads'),
    properties: [...properties],
    isOverWindow: args.length > 1,
  });
  say(name);
}

const say = (name: string): void => {
  console.error(`dialog.${name}: the stand-in draws no dialogs; answered with "cancel".`);
};
