import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const INSTALL = ['install', '-y', '--no-install-recommends', 'android-libboringssl-dev', 'gcc', 'libc6-dev'];
const HEADERS = '/usr/include/android';

/** Folder of Debian's BoringSSL, which has the same file names as OpenSSL and therefore lives apart. */
const libraries = (): string | undefined => globSync('/usr/lib/*/android/libssl.so').map((path) => dirname(path))[0];

const hasGcc = (): boolean => (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, 'gcc')));

const isComplete = (): boolean =>
  libraries() !== undefined && existsSync(`${HEADERS}/openssl/ssl.h`) && existsSync('/usr/include/stdio.h') && hasGcc();

/**
 * Compiles peer.c against Debian's BoringSSL and returns the program. As root it installs what is missing and says so;
 * otherwise it fails with the exact command. It is never skipped: this is the only proof against Electron's TLS library.
 */
export async function buildPeer(folder: string): Promise<string> {
  if (!isComplete()) await install();
  const library = libraries();
  if (library === undefined) throw new Error('android-libboringssl-dev is installed, but its libssl.so was not found');
  const program = join(folder, 'peer');
  const source = join(import.meta.dirname, 'peer.c');
  const link = [`-L${library}`, '-lssl', '-lcrypto', `-Wl,-rpath,${library}`];
  await mkdir(folder, { recursive: true });
  await run('gcc', ['-Wall', '-Werror', '-O1', `-I${HEADERS}`, source, '-o', program, ...link]);
  return program;
}

async function install(): Promise<void> {
  const command = `apt-get update && apt-get ${INSTALL.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`The BoringSSL tests need gcc and Debian's BoringSSL. As root: ${command}`);
  }
  console.log(`Installing gcc and Debian's BoringSSL: ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', INSTALL, { env });
}

/** Certificate files of one side. */
export interface PeerFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Writes PEM texts where the program can read them; the folder is the test's own and goes away with it. */
export async function writePeerFiles(folder: string, name: string, pem: PeerFiles): Promise<PeerFiles> {
  const files = {
    ca: join(folder, `${name}-ca.pem`),
    cert: join(folder, `${name}-cert.pem`),
    key: join(folder, `${name}-key.pem`),
  };
  await writeFile(files.ca, pem.ca);
  await writeFile(files.cert, pem.cert);
  await writeFile(files.key, pem.key, { mode: 0o600 });
  return files;
}

/** A running peer. */
export interface Peer {
  readonly child: ChildProcess;
  /** Port of a server; 0 for the others. */
  readonly port: number;
  /** Its last line: `ok`, or `failed: …`. */
  readonly verdict: Promise<string>;
}

/** Starts the program; a server is awaited until it listens. It ends by itself, or with `child.kill()`. */
export async function startPeer(program: string, args: readonly string[]): Promise<Peer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const listening = Promise.withResolvers<number>();
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const port = /^port (\d+)$/m.exec(text)?.[1];
    if (port !== undefined) listening.resolve(Number(port));
  });
  const verdict = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      resolve(text.trim().split('\n').at(-1) ?? '');
    });
  });
  const port = args[0] === 'server' ? await Promise.race([listening.promise, verdict.then(() => 0)]) : 0;
  return { child, port, verdict };
}
