import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on loopback that hands every connection to the test and leaves nothing behind. */
export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
  /** Connections that are still open. */
  readonly open: ReadonlySet<Socket>;
}

/** Listens on `host` (127.0.0.1) at a free port. Disposing closes the server and every connection. */
export async function loopbackServer(onSocket: (socket: Socket) => void, host = '127.0.0.1'): Promise<LoopbackServer> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
    onSocket(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
