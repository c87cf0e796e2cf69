/**
 * The whole bridge. It knows no product word: it passes names and plain data to main, which checks both. Built to one
 * CommonJS file, because a sandboxed preload has neither ES modules nor relative imports.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, PortHandle } from './contract/bridge.ts';
import type { Outcome } from './contract/failure.ts';
import { BRIDGE_NAME, CHANNEL } from './contract/names.ts';
import type { OpenRequest, ProducerMessage } from './contract/ports.ts';

type OnMessage = (message: ProducerMessage) => void;

/** One port per topic or stream. Closing it (also by a reload or a crash of the page) ends the work in main. */
function openPort(request: OpenRequest, onMessage: OnMessage): PortHandle {
  const { port1, port2 } = new MessageChannel();
  let isClosed = false;
  port1.onmessage = (event: MessageEvent<ProducerMessage>): void => {
    if (!isClosed) onMessage(event.data);
  };
  ipcRenderer.postMessage(CHANNEL.open, request, [port2]);
  return {
    credit: (batches) => {
      if (!isClosed) port1.postMessage({ type: 'credit', batches });
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      port1.postMessage({ type: 'cancel' });
      port1.close();
    },
  };
}

/** Paths of dropped files never reach the page: they go from here straight to main. */
function dropFiles(files: readonly unknown[]): Promise<Outcome<unknown>> {
  const paths = files.map((file) => (file instanceof File ? webUtils.getPathForFile(file) : ''));
  return ipcRenderer.invoke(CHANNEL.drop, paths) as Promise<Outcome<unknown>>;
}

const bridge: Bridge = {
  call: (id, name, input) => ipcRenderer.invoke(CHANNEL.call, id, name, input) as Promise<Outcome<unknown>>,
  cancel: (id) => {
    ipcRenderer.send(CHANNEL.cancel, id);
  },
  watch: (name, params, onMessage) => openPort({ kind: 'topic', name, params }, onMessage),
  open: (name, params, onMessage) => openPort({ kind: 'stream', name, params }, onMessage),
  drop: dropFiles,
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
