import { Failed } from '../lib/failed.ts';

/**
 * Most ports one page may have open, by what they carry. A page of the app has one topic per thing it shows and one stream
 * per run, watch or replay it looks at: fewer than thirty in all.
 */
export const MOST_OPEN = { topic: 256, stream: 64 } as const;

/** Streams behind which much may wait for a reader. A page shows one run at a time and may leave others running. */
export const MOST_OF_STREAM: Readonly<Record<string, number>> = {
  run: 16,
  replay: 8,
  watch: 32,
  desktop: 4,
  lens: 32,
  lensExport: 4,
};

/** One port of a page. */
export interface OpenPort {
  readonly senderId: number;
  readonly close: () => void;
  /** What it carries, once that is known. */
  kind?: 'topic' | 'stream';
  name?: string;
}

/** The ports that are open, by page, and how many a page may have. */
export class OpenPorts {
  readonly #ports = new Set<OpenPort>();

  get count(): number {
    return this.#ports.size;
  }

  add(senderId: number, close: () => void): OpenPort {
    const port: OpenPort = { senderId, close };
    this.#ports.add(port);
    return port;
  }

  remove(port: OpenPort): void {
    this.#ports.delete(port);
  }

  /** Says what a port will carry. Throws Failed `busy` when its page has too many of that. */
  claim(port: OpenPort, kind: 'topic' | 'stream', name: string): void {
    const sameKind = [...this.#ports].filter((one) => one.senderId === port.senderId && one.kind === kind);
    const sameName = sameKind.filter((one) => one.name === name).length;
    const mostOfName = kind === 'stream' ? (MOST_OF_STREAM[name] ?? Infinity) : Infinity;
    if (sameName >= mostOfName) throw tooMany(`${mostOfName} streams "${name}"`);
    if (sameKind.length >= MOST_OPEN[kind]) throw tooMany(`${MOST_OPEN[kind]} ${kind}s`);
    port.kind = kind;
    port.name = name;
  }

  closeAllOf(senderId: number): void {
    for (const port of [...this.#ports]) if (port.senderId === senderId) port.close();
  }
}

function tooMany(what: string): Failed {
  return new Failed({
    code: 'busy',
    message: `This window has ${what} open already.`,
    hint: 'Wait until one of them ends, or cancel one.',
    retry: 'safe',
  });
}
