import { experimental, status, type ChannelOptions } from '@grpc/grpc-js';
import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/*
 * How a channel gets its addresses. grpc-js's own DNS resolver hides the DNS error, asks for TXT records and cannot stop
 * a connection that is still being made; this one does none of that.
 */

/** One address to connect to. */
export interface DialAddress {
  readonly host: string;
  readonly port: number;
}

/** Resolves a name to every address it has, in the order to try them. Tests pass their own. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** The system's resolver. */
export const systemLookup: Lookup = async (host) => {
  const found = await dnsLookup(host, { all: true });
  return found.map(({ address }) => address);
};

/** What a channel needs to dial: given to the resolver through the channel's options. */
export interface Dialer {
  readonly resolve: () => Promise<readonly DialAddress[]>;
  /** Destroys every socket of the channel, also those still connecting. */
  readonly signal: AbortSignal;
}

const SCHEME = 'pool';
// The prefix keeps the option away from the subchannels, which compare theirs by value.
const DIALER = `${experimental.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX}.dialer`;

/** The channel's target: the part after the scheme becomes `:authority` and the TLS name. */
export const dialTarget = (hostPort: string): string => `${SCHEME}:${hostPort}`;

/** Channel options that carry the dialer. */
export const dialOptions = (dialer: Dialer): ChannelOptions => ({ [DIALER]: dialer });

/** Addresses of a host: itself if it is one, else what `lookup` says. */
export async function addressesOf(host: string, port: number, lookup: Lookup): Promise<readonly DialAddress[]> {
  const hosts = isIP(host.split('%')[0] ?? '') === 0 ? await lookup(host) : [host];
  return hosts.map((address) => ({ host: address, port }));
}

class PoolResolver implements experimental.Resolver {
  readonly #listener: experimental.ResolverListener;
  readonly #dialer: Dialer | undefined;
  #asked = false;
  #destroyed = false;

  constructor(_target: experimental.GrpcUri, listener: experimental.ResolverListener, options: ChannelOptions) {
    this.#listener = listener;
    this.#dialer = options[DIALER] as Dialer | undefined;
  }

  /**
   * Answers once: the channel connects once. grpc-js asks again as soon as all addresses failed; the same answer would make
   * it ask again without end.
   */
  updateResolution(): void {
    const dialer = this.#dialer;
    if (this.#asked) return;
    this.#asked = true;
    void (dialer?.resolve() ?? Promise.reject(new Error('channel made without a dialer'))).then(
      (addresses) => {
        if (this.#destroyed || dialer === undefined) return;
        // grpc-js hands these objects to net.connect as they are, so the signal reaches the socket.
        const endpoints = addresses.map((address) => ({ addresses: [{ ...address, signal: dialer.signal }] }));
        this.#listener(experimental.statusOrFromValue(endpoints), {}, null, '');
      },
      (error: unknown) => {
        if (this.#destroyed) return;
        const details = error instanceof Error ? error.message : String(error);
        this.#listener(experimental.statusOrFromError({ code: status.UNAVAILABLE, details }), {}, null, '');
      },
    );
  }

  destroy(): void {
    this.#destroyed = true;
  }

  static getDefaultAuthority(target: experimental.GrpcUri): string {
    return target.path;
  }
}

/** Makes the scheme known to grpc-js. May be called again; call it before making a channel. */
export function registerPoolResolver(): void {
  experimental.registerResolver(SCHEME, PoolResolver);
}
