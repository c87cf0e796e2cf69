import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Servers on loopback that only note who comes: what a page that wants to leak something would talk to. */
export class ListeningPost implements AsyncDisposable {
  /** `tcp` and `udp`, in the order of arrival. */
  readonly visits: string[] = [];
  readonly #tcp: Server;
  readonly #udp: UdpSocket;

  private constructor() {
    this.#udp = createSocket('udp4', () => this.visits.push('udp'));
    this.#tcp = createServer((socket) => {
      this.visits.push('tcp');
      socket.on('error', () => undefined);
      socket.destroy();
    });
  }

  static async open(): Promise<ListeningPost> {
    const post = new ListeningPost();
    post.#tcp.listen(0, '127.0.0.1');
    await once(post.#tcp, 'listening');
    post.#udp.bind(post.port, '127.0.0.1');
    await once(post.#udp, 'listening');
    return post;
  }

  /** The same number for TCP and UDP. */
  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#udp.close();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }
}
