import { Failed } from '../../lib/failed.ts';

/** What to do instead, where Minos cannot. */
const BY_HAND = 'Nothing was installed. Look where you got Minos from.';

/** The file is not the one that was shown. */
export const brokenPackage = (): Failed =>
  new Failed({
    code: 'file-invalid',
    message: 'What came is not the package that was announced: its size or its checksum differs. It was thrown away.',
    hint: `Fetch it again. If that fails too, do not install it by hand either. ${BY_HAND}`,
    retry: 'safe',
  });

/** It is not signed by the publisher of this build; `why` is a part of a sentence. */
export const wronglySigned = (why: string): Failed =>
  new Failed({
    code: 'untrusted',
    message: `The package is not accepted: ${why}. It was thrown away.`,
    hint: `Do not install it by hand. ${BY_HAND}`,
  });

/** Something began while the package was looked at. */
export const notFree = (): Failed =>
  new Failed({
    code: 'precondition',
    message: 'Minos was not ended: something has begun meanwhile that it is needed for.',
    hint: 'Wait until it is over.',
    retry: 'safe',
  });

/** The system did not take what was fetched. */
export const notTaken = (error: unknown): Failed =>
  new Failed(
    {
      code: 'untrusted',
      message:
        'The system did not take the new version: its signature does not fit this Minos, or it may not be written here.',
      hint: 'On macOS Minos has to lie in Applications. The old version goes on; look where you got Minos from.',
    },
    error,
  );

/** A package did not arrive; what the library says stays in the log. */
export function fetchFailed(error: unknown): Failed {
  if (error instanceof Failed) return error;
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: '' };
  if (code === 'ERR_CHECKSUM_MISMATCH') return brokenPackage();
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') return wronglySigned('it is not signed by the publisher of this Minos');
  if (code === 'ENOSPC' || message.includes('ERR_FILE_NO_SPACE')) {
    return new Failed(
      { code: 'file-access', message: 'The disk is full: the update cannot be kept.', retry: 'safe' },
      error,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Failed(
      { code: 'file-access', message: 'The folder for updates cannot be written.', hint: BY_HAND, retry: 'safe' },
      error,
    );
  }
  return new Failed(
    {
      code: 'unreachable',
      message: 'The update could not be fetched: the connection failed, or its server refused.',
      hint: 'Check the network and fetch it again.',
      retry: 'safe',
    },
    error,
  );
}
