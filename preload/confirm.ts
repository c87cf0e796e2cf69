/**
 * The bridge of the window that asks for confirmations: it hands over main's question and the user's answer, and nothing
 * else. Built to one CommonJS file, as preload/index.ts is.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { ConfirmBridge, ConfirmQuestion } from './contract/plans/confirm.ts';
import { CONFIRM_BRIDGE_NAME, CONFIRM_CHANNEL } from './contract/names.ts';

const bridge: ConfirmBridge = {
  question: () => ipcRenderer.invoke(CONFIRM_CHANNEL.question) as Promise<ConfirmQuestion>,
  answer: ({ isConfirmed, typed }) => {
    ipcRenderer.send(CONFIRM_CHANNEL.answer, { isConfirmed, typed });
  },
};

contextBridge.exposeInMainWorld(CONFIRM_BRIDGE_NAME, bridge);
