import type { Context } from '../../chromium/frame-tree.ts';
import type { Page } from '../../chromium/page.ts';
import { cloneCodec } from '../../page/clone-codec.ts';
import type { FromPage, ToPage } from '../../page/isolated-world.ts';
import { type IpcMain, type IpcMainEvent, ipcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-ports.ts';
import { PagePorts } from './page-ports.ts';
import type { WebContents } from '../window/web-contents.ts';
import { WebFrameMain } from '../window/web-frame-main.ts';

/** Those messages of the isolated world that are IPC; the others are notes to the stand-in. */
export type IpcFromPage = Extract<FromPage, { readonly t: 'invoke' | 'send' | 'port' | 'port-closed' }>;

const codec = cloneCodec();

/** The IPC of one page: calls, messages and ports, each with the true frame it came from. */
export class PageIpc {
  readonly #contents: WebContents;
  readonly #own: IpcMain;
  readonly #page: () => Page | undefined;
  readonly #ports = new Map<Context, PagePorts>();

  constructor(contents: WebContents, own: IpcMain, page: () => Page | undefined) {
    this.#contents = contents;
    this.#own = own;
    this.#page = page;
  }

  send(channel: string, args: readonly unknown[]): void {
    this.#deliver({ t: 'send', channel, args: codec.encode(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[]): void {
    const args = codec.encode([message]);
    const context = this.#page()?.frames.mainIsolatedContext();
    if (!context) {
      // Nobody is there: what was transferred is closed.
      for (const port of transfer) port.standInDetach().close();
      return;
    }
    const ports = transfer.map((port) => this.#portsOf(context).send(port));
    this.#deliver({ t: 'send', channel, args, ports }, context);
  }

  receive(message: IpcFromPage, context: Context): void {
    switch (message.t) {
      case 'invoke':
        void this.#answer(message.id, message.channel, codec.decode(message.args) as unknown[], context);
        return;
      case 'send': {
        const ports = message.ports.map((id) => this.#portsOf(context).receive(id));
        const event = this.#event(context, ports);
        const args = codec.decode(message.args) as unknown[];
        this.#own.emit(message.channel, event, ...args);
        ipcMain.emit(message.channel, event, ...args);
        return;
      }
      case 'port':
        this.#portsOf(context).message(message.port, message.data);
        return;
      case 'port-closed':
        this.#portsOf(context).closed(message.port);
    }
  }

  /** The document has gone: its ports close. */
  contextGone(context: Context): void {
    const ports = this.#ports.get(context);
    this.#ports.delete(context);
    ports?.closeAll();
  }

  closeAll(): void {
    for (const context of [...this.#ports.keys()]) this.contextGone(context);
  }

  async #answer(id: number, channel: string, args: readonly unknown[], context: Context): Promise<void> {
    const answering = this.#own.standInHandles(channel) ? this.#own : ipcMain;
    const reply = await answering
      .standInInvoke(channel, this.#event(context, []), args)
      .then((value): ToPage => ({ t: 'reply', id, ok: true, value: codec.encode(value) }))
      .catch((error: unknown): ToPage => {
        const text = `Error invoking remote method '${channel}': ${String(error)}`;
        return { t: 'reply', id, ok: false, value: codec.encode(text) };
      });
    if (this.#isAlive(context)) this.#deliver(reply, context);
  }

  #event(context: Context, ports: readonly MessagePortMain[]): IpcMainEvent {
    const isAlive = (): boolean => this.#isAlive(context);
    const frame = WebFrameMain.of(context.frame);
    return {
      type: 'frame',
      sender: this.#contents,
      processId: frame.processId,
      frameId: frame.routingId,
      ports,
      get senderFrame() {
        return isAlive() ? frame : null;
      },
      reply: (channel, ...args) => {
        this.send(channel, args);
      },
    };
  }

  #isAlive(context: Context): boolean {
    return !this.#contents.isDestroyed() && this.#page()?.frames.context(context.id) === context;
  }

  #portsOf(context: Context): PagePorts {
    const known = this.#ports.get(context);
    if (known) return known;
    const ports = new PagePorts(codec, (message) => {
      if (this.#ports.has(context)) this.#deliver(message, context);
    });
    this.#ports.set(context, ports);
    return ports;
  }

  #deliver(message: ToPage, context?: Context): void {
    this.#page()?.deliver(JSON.stringify(message), context);
  }
}
