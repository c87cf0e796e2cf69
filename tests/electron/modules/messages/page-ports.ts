import type { CloneCodec } from '../../page/clone-codec.ts';
import type { ToPage } from '../../page/isolated-world.ts';
import { MessagePortMain, PortEnd } from './message-ports.ts';

/** The ports of one document's isolated world. When the document goes, they close. */
export class PagePorts {
  readonly #ends = new Map<number, PortEnd>();
  readonly #codec: CloneCodec;
  readonly #deliver: (message: ToPage) => void;
  #lastId = 0;

  constructor(codec: CloneCodec, deliver: (message: ToPage) => void) {
    this.#codec = codec;
    this.#deliver = deliver;
  }

  /** A port that the page transferred to the main process. */
  receive(id: number): MessagePortMain {
    const [ours, theirs] = PortEnd.pair();
    this.#carry(theirs, id);
    return new MessagePortMain(ours);
  }

  /** Transfers a port of the main process to the page; answers with its number there. */
  send(port: MessagePortMain): number {
    const id = --this.#lastId;
    // Carried a moment later: the page must know the number before the first message arrives on it.
    const end = port.standInDetach();
    queueMicrotask(() => {
      this.#carry(end, id);
    });
    return id;
  }

  message(id: number, data: string): void {
    this.#ends.get(id)?.post(this.#codec.decode(data));
  }

  closed(id: number): void {
    const end = this.#ends.get(id);
    this.#ends.delete(id);
    end?.close();
  }

  closeAll(): void {
    for (const id of [...this.#ends.keys()]) this.closed(id);
  }

  #carry(end: PortEnd, id: number): void {
    this.#ends.set(id, end);
    end.start((data) => {
      this.#deliver({ t: 'port', port: id, data: this.#codec.encode(data) });
    });
    end.onClosed(() => {
      if (this.#ends.delete(id)) this.#deliver({ t: 'port-closed', port: id });
    });
  }
}
