import { BrowserWindow, nativeTheme, session, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { CONFIRM_CHANNEL, type ConfirmAnswer, type ConfirmQuestion } from '../../preload/contract/index.ts';
import type { Log } from '../lib/log.ts';
import { answerAppRequest, APP_SCHEME, pageUrl } from './app-protocol.ts';
import { CONFIRM_SITE } from './app-site.ts';
import { confirmAnswer } from './confirm-answer.ts';
import { restrictContents } from './contents-policy.ts';
import { restrictSession } from './session-policy.ts';
import { CONFIRM_PARTITION, confirmWindowOptions } from './window-options.ts';

/** What the window that asks is made of. */
export interface ConfirmWindowOptions {
  readonly preloadPath: string;
  /** The folder of the built pages. */
  readonly pageRoot: string;
  readonly isPackaged: boolean;
  /** The window it stands before; without one nothing is asked and nothing is confirmed. */
  readonly owner: () => BrowserWindow | undefined;
  readonly log: Log;
}

const REFUSED: ConfirmAnswer = { isConfirmed: false, typed: '' };
const URL_OF_PAGE = pageUrl(CONFIRM_SITE);

/**
 * Shows questions in a window of their own: other contents, another session, another origin, another preload. Its channels
 * are served to its own main frame alone, and it is no window of the bridge. Closing it in any way is a refusal.
 */
export function createConfirmWindow(
  options: ConfirmWindowOptions,
): (question: ConfirmQuestion, signal: AbortSignal) => Promise<ConfirmAnswer> {
  let isSessionReady = false;
  const prepareSession = (): void => {
    if (isSessionReady) return;
    isSessionReady = true;
    const own = session.fromPartition(CONFIRM_PARTITION);
    restrictSession(own, CONFIRM_SITE);
    own.protocol.handle(APP_SCHEME, (request) => answerAppRequest(options.pageRoot, request, CONFIRM_SITE));
  };
  return (question, signal) => {
    const parent = options.owner();
    if (parent === undefined || parent.isDestroyed() || signal.aborted) return Promise.resolve(REFUSED);
    prepareSession();
    return ask(parent, question, signal, options);
  };
}

function ask(
  parent: BrowserWindow,
  question: ConfirmQuestion,
  signal: AbortSignal,
  { preloadPath, isPackaged, log }: ConfirmWindowOptions,
): Promise<ConfirmAnswer> {
  const isDark = nativeTheme.shouldUseDarkColors;
  const window = new BrowserWindow({ ...confirmWindowOptions({ preloadPath, isPackaged, isDark }), parent });
  const { webContents } = window;
  restrictContents(webContents, URL_OF_PAGE);
  window.removeMenu();
  window.once('ready-to-show', () => {
    window.show();
  });
  const isOwnPage = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    senderFrame?.parent === null && senderFrame.url === URL_OF_PAGE;
  return new Promise((resolve) => {
    const end = (answer: ConfirmAnswer): void => {
      resolve(answer);
      signal.removeEventListener('abort', refuse);
      if (!window.isDestroyed()) window.destroy();
    };
    const refuse = (): void => {
      end(REFUSED);
    };
    // Handlers of these contents, not of all: no other window can reach them.
    webContents.ipc.handle(CONFIRM_CHANNEL.question, (event) => (isOwnPage(event) ? question : undefined));
    webContents.ipc.on(CONFIRM_CHANNEL.answer, (event, answer: unknown) => {
      if (isOwnPage(event)) end(confirmAnswer(answer));
    });
    window.once('closed', refuse);
    webContents.once('render-process-gone', refuse);
    signal.addEventListener('abort', refuse, { once: true });
    window.loadURL(URL_OF_PAGE).catch((error: unknown) => {
      if (!window.isDestroyed()) log.write('error', 'the question cannot be shown', { error });
      refuse();
    });
  });
}
