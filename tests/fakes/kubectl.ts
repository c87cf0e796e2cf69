import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import type { MintedAuthority } from '../../main/credentials/mint.ts';

const run = promisify(execFile);

/** Not every machine has kubectl; tests that need it say so by being skipped. */
export const hasKubectl = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'kubectl')));

/** Runs the real kubectl on one kubeconfig, without any file of the user's. */
export async function kubectl(kubeconfig: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', KUBECONFIG: kubeconfig, NO_PROXY: '*' };
  const { stdout } = await run('kubectl', [...args], { env, timeout: 15_000 });
  return stdout;
}

/** A TLS server that stands for the API server: it wants a client certificate of the cluster's authority. */
export interface ApiServer {
  readonly url: string;
  /** Subjects of the certificates that were shown, as `O CN`. */
  readonly subjects: readonly string[];
  close(): Promise<void>;
}

export async function startApiServer(authority: MintedAuthority): Promise<ApiServer> {
  const leaf = await authority.issue({ eku: 'serverAuth', ipAddresses: ['127.0.0.1'], keyAlgorithm: 'ecdsa' });
  const subjects: string[] = [];
  const options = { key: leaf.keyPem, cert: leaf.certPem, ca: authority.certPem, requestCert: true };
  const server = createServer(options, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    subjects.push(`${String(subject.O)} ${String(subject.CN)}`);
    response.setHeader('content-type', 'application/json');
    response.end('{"major":"1","minor":"34"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subjects,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
