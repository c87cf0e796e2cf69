import type { Dialog } from 'electron';
import { recorded } from './runtime.ts';

/** No dialog is ever drawn: every one is cancelled, unless a test has replaced the function. */
export const dialog = {
  showOpenDialog: async (..._args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> => {
    note('showOpenDialog');
    return { canceled: true, filePaths: [] };
  },
  showSaveDialog: async (..._args: unknown[]): Promise<{ canceled: boolean; filePath: string }> => {
    note('showSaveDialog');
    return { canceled: true, filePath: '' };
  },
  /** Answers with the cancel button, or else the first one. */
  showMessageBox: async (...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => {
    note('showMessageBox');
    const options = args.at(-1) as { readonly cancelId?: number } | undefined;
    return { response: options?.cancelId ?? 0, checkboxChecked: false };
  },
  showErrorBox: (title: string, content: string): void => {
    recorded.errorBoxes.push({ title, content });
    console.error(`${title}: ${content}`);
  },
} satisfies Partial<Dialog>;

const note = (name: string): void => {
  console.error(`dialog.${name}: the stand-in draws no dialogs; answered with "cancel".`);
};
