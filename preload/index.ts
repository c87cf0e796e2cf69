/**
 * The whole bridge. It knows no product word: it passes names and plain data to main, which checks both. Built to one
 * CommonJS file, because a sandboxed preload has neither ES modules nor relative imports.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, PortHandle } from './contract/bridge.ts';
import type { Outcome } from './contract/failure.ts';
import { BRIDGE_NAME, CHANNEL } from './contract/names.ts';
import { MAX_REQUEST_SIZE, NOT_PLAIN_REQUEST, plainSize, TOO_LARGE_REQUEST } from './contract/plain-size.ts';
import type { OpenRequest, ProducerMessage } from './contract/ports.ts';

/** Main never takes in what it would refuse for its size or kind: copying it there would already hold up everybody. */
function bounded(input: unknown): unknown {
  const size = plainSize(input);
  if (size === 'not-plain') return NOT_PLAIN_REQUEST;
  return size <= MAX_REQUEST_SIZE ? input : TOO_LARGE_REQUEST;
}

/** Names and ids are short; longer ones are none. */
const short = <T>(word: T): T | undefined => (Number(plainSize(word, 1024)) <= 1024 ? word : undefined);

/** Main refuses a drop of more files; one above that says so. */
const MOST_FILES = 1001;

type OnMessage = (message: ProducerMessage) => void;

/** One port per topic or stream. Closing it (also by a reload or a crash of the page) ends the work in main. */
function openPort(kind: OpenRequest['kind'], name: unknown, params: unknown, onMessage: OnMessage): PortHandle {
  const request = { kind, name: short(name), params: bounded(params) };
  const { port1, port2 } = new MessageChannel();
  let isClosed = false;
  port1.onmessage = (event: MessageEvent<ProducerMessage>): void => {
    if (!isClosed) onMessage(event.data);
  };
  ipcRenderer.postMessage(CHANNEL.open, request, [port2]);
  return {
    credit: (batches) => {
      if (!isClosed && Number.isInteger(batches)) port1.postMessage({ type: 'credit', batches });
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
  const paths = files.slice(0, MOST_FILES).map((file) => (file instanceof File ? webUtils.getPathForFile(file) : ''));
  return ipcRenderer.invoke(CHANNEL.drop, paths) as Promise<Outcome<unknown>>;
}

const bridge: Bridge = {
  call: (id, name, input) =>
    ipcRenderer.invoke(CHANNEL.call, short(id), short(name), bounded(input)) as Promise<Outcome<unknown>>,
  cancel: (id) => {
    ipcRenderer.send(CHANNEL.cancel, short(id));
  },
  watch: (name, params, onMessage) => openPort('topic', name, params, onMessage),
  open: (name, params, onMessage) => openPort('stream', name, params, onMessage),
  drop: dropFiles,
};

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
