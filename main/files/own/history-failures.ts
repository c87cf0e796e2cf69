import { Failed } from '../../lib/failed.ts';

/** Of our own folder: that says nothing about the user's file. */
export const versionsWentAway = (cause: unknown, path: string): Failed =>
  new Failed(
    {
      code: 'conflict',
      message: `The old versions of ${path} were forgotten at the same moment; nothing was written.`,
      hint: 'Try again.',
      where: { file: path },
      retry: 'safe',
    },
    cause,
  );

/** The version that was asked for is not there. */
export const versionGone = (path: string): Failed =>
  new Failed({
    code: 'not-found',
    message: 'This version is no longer kept.',
    hint: 'The settings say for how many days versions are kept.',
    where: { file: path },
  });

/** Before a change that would push out what exists nowhere else. */
export const historyFull = (path: string): Failed =>
  new Failed({
    code: 'precondition',
    message: `The history of ${path} is full of versions whose keys exist nowhere else; one more change would lose them.`,
    hint: 'Look at “Changes by Minos”, and forget its old versions when you no longer need them.',
    where: { file: path },
  });
