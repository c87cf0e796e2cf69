import { EventEmitter } from 'node:events';
import type { MessagePortMain } from './message-ports.ts';
import type { WebContents } from '../window/web-contents.ts';
import type { WebFrameMain } from '../window/web-frame-main.ts';

/** What a listener gets first. `senderFrame` is null once the frame has navigated or gone. */
export interface IpcMainEvent {
  readonly type: 'frame';
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
  readonly processId: number;
  readonly frameId: number;
  readonly ports: readonly MessagePortMain[];
  reply(channel: string, ...args: unknown[]): void;
}

type Answering = (event: IpcMainEvent, ...args: unknown[]) => unknown;

/** `ipcMain`, and `webContents.ipc`. */
export class IpcMain extends EventEmitter {
  readonly #answering = new Map<string, Answering>();

  handle(channel: string, answering: Answering): void {
    if (this.#answering.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#answering.set(channel, answering);
  }

  handleOnce(channel: string, answering: Answering): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return answering(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#answering.delete(channel);
  }

  standInHandles(channel: string): boolean {
    return this.#answering.has(channel);
  }

  async standInInvoke(channel: string, event: IpcMainEvent, args: readonly unknown[]): Promise<unknown> {
    const answering = this.#answering.get(channel);
    if (!answering) throw new Error(`No handler registered for '${channel}'`);
    return answering(event, ...args);
  }
}

export const ipcMain = new IpcMain();
