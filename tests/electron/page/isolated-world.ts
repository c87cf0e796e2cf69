import type { CloneCodec } from './clone-codec.ts';
import type { WorldBridge } from './world-bridge.ts';

/** What the main process tells the isolated world at its start. */
export interface PreloadSetup {
  /** `process` as a sandboxed preload sees it. */
  readonly process: Readonly<Record<string, unknown>>;
  readonly file: string;
  /** Name of the binding that carries text to the main process. */
  readonly binding: string;
}

/** Page → main. */
export type FromPage =
  | { readonly t: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly t: 'send'; readonly channel: string; readonly args: string; readonly ports: readonly number[] }
  | { readonly t: 'port'; readonly port: number; readonly data: string }
  | { readonly t: 'port-closed'; readonly port: number }
  | { readonly t: 'resized' }
  | { readonly t: 'focus' | 'blur' }
  | { readonly t: 'title'; readonly title: string }
  | { readonly t: 'window-open'; readonly url: string; readonly frameName: string; readonly features: string }
  | { readonly t: 'preload-error'; readonly message: string; readonly stack: string };

/** Main → page. */
export type ToPage =
  | { readonly t: 'reply'; readonly id: number; readonly ok: boolean; readonly value: string }
  | { readonly t: 'send'; readonly channel: string; readonly args: string; readonly ports: readonly number[] }
  | { readonly t: 'port'; readonly port: number; readonly data: string }
  | { readonly t: 'port-closed'; readonly port: number };

type RunPreload = (scope: Readonly<Record<string, unknown>>) => void;

/**
 * The world of the preload script: `require('electron')` with ipcRenderer, contextBridge, webUtils and webFrame, as a
 * sandboxed preload has them.
 *
 * Runs inside the page by its source text: it must not use anything from outside its body but its arguments.
 */
export function isolatedWorld(
  setup: PreloadSetup,
  codec: CloneCodec,
  bridge: WorldBridge,
  runPreload: RunPreload,
): void {
  type Listener = (...args: unknown[]) => void;
  interface IpcEvent {
    readonly sender: unknown;
    readonly ports: readonly MessagePort[];
  }

  const world = globalThis as unknown as Record<string, unknown>;
  const binding = world[setup.binding] as (text: string) => void;
  const post = (message: FromPage): void => {
    binding(JSON.stringify(message));
  };

  class Emitter {
    readonly #listeners = new Map<string, Listener[]>();
    on(name: string, listener: Listener): this {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      return this;
    }
    addListener(name: string, listener: Listener): this {
      return this.on(name, listener);
    }
    once(name: string, listener: Listener): this {
      const once: Listener = (...args) => {
        this.off(name, once);
        listener(...args);
      };
      return this.on(name, once);
    }
    off(name: string, listener: Listener): this {
      const left = [...(this.#listeners.get(name) ?? [])];
      const index = left.lastIndexOf(listener);
      if (index >= 0) left.splice(index, 1);
      this.#listeners.set(name, left);
      return this;
    }
    removeListener(name: string, listener: Listener): this {
      return this.off(name, listener);
    }
    removeAllListeners(name?: string): this {
      if (name === undefined) this.#listeners.clear();
      else this.#listeners.delete(name);
      return this;
    }
    listenerCount(name: string): number {
      return this.#listeners.get(name)?.length ?? 0;
    }
    emit(name: string, ...args: unknown[]): boolean {
      const listeners = this.#listeners.get(name) ?? [];
      for (const listener of listeners) listener(...args);
      return listeners.length > 0;
    }
  }

  // --- ports -----------------------------------------------------------------------------------------------------
  /** The last message of a port. Chromium does not tell a port that the other end has closed; Electron does. */
  const CLOSING = '\0stand-in: this port is closing';

  const tellClosing = (port: MessagePort): void => {
    const close = port.close.bind(port);
    port.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data !== CLOSING) return;
      event.stopImmediatePropagation();
      port.dispatchEvent(new Event('close'));
    });
    port.close = () => {
      port.postMessage(CLOSING);
      close();
    };
  };

  class ClosingChannel extends MessageChannel {
    constructor() {
      super();
      tellClosing(this.port1);
      tellClosing(this.port2);
    }
  }
  world['MessageChannel'] = ClosingChannel;

  const ports = new Map<number, MessagePort>();
  let nextPort = 0;

  /** From now on, what arrives at this port goes to the main process, and back. */
  const carry = (port: MessagePort, id: number): void => {
    ports.set(id, port);
    port.onmessage = ({ data }) => {
      post({ t: 'port', port: id, data: codec.encode(data) });
    };
    port.addEventListener('close', () => {
      if (ports.delete(id)) post({ t: 'port-closed', port: id });
    });
    port.start();
  };

  /** Ports made here have positive numbers, ports made in the main process negative ones. */
  const sendPort = (port: MessagePort): number => {
    const id = ++nextPort;
    carry(port, id);
    return id;
  };

  const receivePort = (id: number): MessagePort => {
    const channel = new ClosingChannel();
    carry(channel.port2, id);
    return channel.port1;
  };

  // --- ipcRenderer -----------------------------------------------------------------------------------------------
  const replies = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextInvoke = 0;

  class IpcRenderer extends Emitter {
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = ++nextInvoke;
      const encoded = codec.encode(args);
      return new Promise((resolve, reject) => {
        replies.set(id, { resolve, reject });
        post({ t: 'invoke', id, channel, args: encoded });
      });
    }
    send(channel: string, ...args: unknown[]): void {
      post({ t: 'send', channel, args: codec.encode(args), ports: [] });
    }
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []): void {
      const args = codec.encode([message]);
      post({ t: 'send', channel, args, ports: transfer.map(sendPort) });
    }
    sendSync(): never {
      throw new Error('sendSync freezes the window; the stand-in does not have it.');
    }
  }
  const ipcRenderer = new IpcRenderer();

  const reply = (id: number, ok: boolean, value: unknown): void => {
    const waiting = replies.get(id);
    replies.delete(id);
    if (ok) waiting?.resolve(value);
    else waiting?.reject(new Error(value as string));
  };

  world['__standInDeliver'] = (text: string): void => {
    const message = JSON.parse(text) as ToPage;
    switch (message.t) {
      case 'reply':
        reply(message.id, message.ok, codec.decode(message.value));
        return;
      case 'send': {
        const event: IpcEvent = { sender: ipcRenderer, ports: message.ports.map(receivePort) };
        ipcRenderer.emit(message.channel, event, ...(codec.decode(message.args) as unknown[]));
        return;
      }
      case 'port':
        ports.get(message.port)?.postMessage(codec.decode(message.data));
        return;
      case 'port-closed': {
        const port = ports.get(message.port);
        ports.delete(message.port);
        port?.close();
      }
    }
  };

  // --- webUtils --------------------------------------------------------------------------------------------------
  /**
   * Synchronous, as in Electron: the main process sees the debugger stop here, asks DevTools for the file's path, sets
   * the variable and lets the script go on.
   */
  function standInPathOfFile(file: File): string {
    // eslint-disable-next-line prefer-const -- the debugger assigns it
    let path = '';
    void file;
    // eslint-disable-next-line no-debugger -- see above
    debugger;
    return path;
  }

  const getPathForFile = (file: unknown): string => {
    if (!(file instanceof File)) throw new TypeError('getPathForFile: the argument is not a File.');
    return standInPathOfFile(file);
  };

  // --- the preload -----------------------------------------------------------------------------------------------
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown): void => {
        bridge.expose(name, api);
      },
    },
    webUtils: { getPathForFile },
    webFrame: { setZoomFactor: (): void => undefined, getZoomFactor: (): number => window.devicePixelRatio },
  };
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(Emitter, { EventEmitter: Emitter }),
    timers: { setTimeout, setInterval, clearTimeout, clearInterval },
    url: { URL, URLSearchParams },
  };
  const require = (name: string): unknown => {
    const known = name.replace(/^node:/, '');
    if (Object.hasOwn(modules, known)) return modules[known];
    throw new Error(`module not found: ${name}`);
  };

  window.addEventListener('resize', () => {
    post({ t: 'resized' });
  });
  window.addEventListener('focus', () => {
    post({ t: 'focus' });
  });
  window.addEventListener('blur', () => {
    post({ t: 'blur' });
  });
  let title = '';
  const tellTitle = (): void => {
    if (document.title === title) return;
    ({ title } = document);
    post({ t: 'title', title });
  };
  document.addEventListener('DOMContentLoaded', () => {
    tellTitle();
    new MutationObserver(tellTitle).observe(document.head, { childList: true, characterData: true, subtree: true });
  });
  bridge.onTold('window-open', ([url = '', frameName = '', features = '']) => {
    post({ t: 'window-open', url, frameName, features });
  });

  const module = { exports: {} };
  const process = Object.assign(new Emitter(), setup.process);
  try {
    runPreload({
      require,
      module,
      exports: module.exports,
      process,
      global: globalThis,
      setImmediate: (run: () => void) => setTimeout(run, 0),
      clearImmediate: clearTimeout,
      __filename: setup.file,
      __dirname: setup.file.replace(/[/\\][^/\\]*$/, ''),
    });
  } catch (error) {
    const { message, stack } = error as Error;
    post({ t: 'preload-error', message, stack: stack ?? '' });
    console.error(`Unable to load preload script: ${setup.file}`, error);
  }
}
