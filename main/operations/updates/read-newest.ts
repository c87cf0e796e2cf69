import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { readVersionFile, type VersionFile } from './version-file.ts';

/** An answer whose head is there. */
export interface HttpsAnswer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Asks one https address in a folder: no redirect is followed, nothing is sent beside the question, no cookie, no sign-in. Resolves with the
 * head of the answer; rejects when there is none, and when the signal aborts.
 */
export type AskHttps = (name: string, folder: string, signal: AbortSignal) => Promise<HttpsAnswer>;

/** Largest file that names a version: its notes are most of it. */
const MOST_BYTES = 64 * 1024;
/** Longest wait for all of it. */
const LIMIT_MS = 30_000;

/** How the file is called that names the newest version for a computer; electron-builder's names. */
export function versionFileName(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'win32') return 'latest.yml';
  if (platform === 'darwin') return 'latest-mac.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

/**
 * Reads which version is the newest. Throws Failed with a sentence for each way it can go wrong, and `cancelled` when the signal aborts; none
 * of them means that there is no newer one.
 */
export async function readNewest(
  { name, folder }: { readonly name: string; readonly folder: string },
  { ask, clock }: { readonly ask: AskHttps; readonly clock: Clock },
  signal: AbortSignal,
): Promise<VersionFile> {
  const late = new AbortController();
  const stop = clock.after(LIMIT_MS, () => {
    late.abort();
  });
  const either = AbortSignal.any([signal, late.signal]);
  try {
    return readVersionFile(await textOf(await ask(name, folder, either)));
  } catch (error) {
    if (signal.aborted) throw new Failed({ code: 'cancelled', message: 'Minos ends; it looks no further.' }, error);
    if (late.signal.aborted) throw tooLate(folder);
    throw error instanceof Failed ? error : unreachable(folder, error);
  } finally {
    stop();
    // Whatever is still under way ends with it.
    late.abort();
  }
}

/** The whole text of a good answer, within its bound. */
async function textOf({ status, body }: HttpsAnswer): Promise<string> {
  if (status >= 300 && status < 400) throw elsewhere();
  if (status !== 200) throw refused(status);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MOST_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const LATER = 'It is not known whether there is a newer version. Look again later.';

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

const unreachable = (url: string, error: unknown): Failed =>
  new Failed(
    {
      code: 'unreachable',
      message: `${hostOf(url)}, where newer versions of Minos are published, could not be reached.`,
      hint: `Check the network. ${LATER}`,
      retry: 'safe',
    },
    error,
  );

const tooLate = (url: string): Failed =>
  new Failed({
    code: 'timeout',
    message: `${hostOf(url)}, where newer versions of Minos are published, did not answer within ${LIMIT_MS / 1000} s.`,
    hint: LATER,
    retry: 'safe',
  });

const refused = (status: number): Failed =>
  new Failed({
    code: status === 404 ? 'not-found' : 'unreachable',
    message: `Which version of Minos is the newest cannot be read: the server answered ${status}.`,
    hint: LATER,
    retry: 'safe',
  });

const elsewhere = (): Failed =>
  new Failed({
    code: 'untrusted',
    message: 'The address where newer versions of Minos are published sends elsewhere. Minos does not go there.',
    hint: 'Look where you got Minos from.',
  });

const tooLarge = (): Failed =>
  new Failed({
    code: 'too-large',
    message: 'The file that should name the newest version of Minos is larger than any that is written for it.',
    hint: LATER,
    retry: 'safe',
  });
