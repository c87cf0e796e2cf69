import { sha256Hex } from '../../files/fingerprint.ts';
import { readSettled, type SettleOptions } from '../../files/settled-file.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { FileBasis } from './plan.ts';

/** Bytes of a file once nobody is writing it; undefined for one that is not there. Throws Failed. */
export async function settledBytes(path: string, options: SettleOptions): Promise<Uint8Array | undefined> {
  try {
    return (await readSettled(path, options)).bytes;
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.code !== 'file-missing') throw error;
    return undefined;
  }
}

/** SHA-256 of a version, as plans and the history call it: `missing` for a file that is not there. */
export const versionName = (bytes: Uint8Array | undefined): string => (bytes ? sha256Hex(bytes) : 'missing');

/** The bytes of the file a step is about. Throws Failed `conflict` when it is not the version the step was made on. */
export async function asPlanned(basis: FileBasis | undefined, clock: Clock): Promise<Uint8Array | undefined> {
  if (basis === undefined) return undefined;
  const { path, sha256 } = basis;
  const bytes = await settledBytes(path, { clock, isKnown: (version) => version === sha256 });
  if (sha256 === undefined || sha256 === versionName(bytes)) return bytes;
  throw new Failed({
    code: 'conflict',
    message: `${path} was changed by another program since this was planned.`,
    hint: 'Look at the plan again: it is made anew from the file as it is now.',
    where: { file: path },
    retry: 'safe',
  });
}
