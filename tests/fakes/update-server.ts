import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { mintAuthority } from '../../main/credentials/mint.ts';
import { Failed } from '../../main/lib/failed.ts';
import type { AskHttps } from '../../main/operations/updates/read-newest.ts';
import type { Failure } from '../../preload/contract/index.ts';

/** An https server on loopback where versions of Minos lie. */
export interface UpdateServer {
  /** The folder, with a slash at its end. */
  readonly folder: string;
  readonly ca: string;
  /** Heads of the questions, in their order. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** What it answers from now on to the name of a file in the folder. */
  serve(name: string, answer: string | Buffer | ((response: ServerResponse) => void)): void;
  /** Asks as Minos does: no redirect is followed. */
  readonly ask: AskHttps;
  close(): Promise<void>;
}

/** The failure that a promise is rejected with; undefined when it is not. Rejects with what is no failure of ours. */
export const rejectionOf = (promise: Promise<unknown>): Promise<Failure | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Failed) return error.failure;
      throw error;
    },
  );

export async function startUpdateServer(): Promise<UpdateServer> {
  const authority = await mintAuthority('updates');
  const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'], keyAlgorithm: 'ecdsa' });
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const answers = new Map<string, (response: ServerResponse) => void>();
  const server = createServer({ key: leaf.keyPem, cert: leaf.certPem }, ({ url = '', headers }, response) => {
    asked.push({ path: url, headers });
    const answer = answers.get(url.replace(/^\/minos\//, ''));
    if (answer === undefined) response.writeHead(404).end('nothing here');
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    folder: `https://127.0.0.1:${(server.address() as AddressInfo).port}/minos/`,
    ca: authority.certPem,
    asked,
    serve: (name, answer) => {
      answers.set(
        name,
        typeof answer === 'function'
          ? answer
          : (response) => response.setHeader('content-length', Buffer.byteLength(answer)).end(answer),
      );
    },
    ask: async (name, folder, signal) => {
      const asking = request(`${folder}${name}`, { ca: authority.certPem, signal, agent: false }).end();
      const [response] = (await once(asking, 'response')) as [IncomingMessage];
      return { status: response.statusCode ?? 0, body: response };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
