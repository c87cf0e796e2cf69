import { runtime } from '../runtime.ts';
import { headerToChromium, isStandardScheme, registerStandardScheme } from '../addresses.ts';

export interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean>>;
}

export type Respond = (request: Request) => Response | Promise<Response>;

export interface ServedResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** `protocol` of one session: who answers the requests of a custom scheme. */
export class Protocol {
  readonly #responders = new Map<string, Respond>();

  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (runtime.ready) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges } of schemes) if (privileges?.['standard']) registerStandardScheme(scheme);
  }

  handle(scheme: string, respond: Respond): void {
    if (!runtime.ready) throw new Error('protocol.handle should be called after app is ready');
    if (this.#responders.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!isStandardScheme(scheme)) {
      throw new Error(`The stand-in serves only schemes registered as standard; '${scheme}' is not.`);
    }
    this.#responders.set(scheme, respond);
  }

  unhandle(scheme: string): void {
    this.#responders.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#responders.has(scheme);
  }

  /** Undefined when nobody serves this scheme in this session. */
  async standInServe(address: string, init: RequestInit): Promise<ServedResponse | undefined> {
    const respond = this.#responders.get(address.slice(0, address.indexOf(':')));
    if (!respond) return undefined;
    const response = await respond(new Request(address, init));
    if (response.type === 'error') throw new Error(`net::ERR_FAILED ${address}`);
    const headers = [...response.headers].map(([name, value]) => [name, headerToChromium(name, value)] as const);
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
  }
}
