import { patchesIn, patchFileOf, withPatchFile } from '../../../preload/contract/index.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import type { Session } from '../context.ts';

/** The files that patches of a text name, and whether each was chosen. */
export const patchFilesIn = (text: string): readonly { readonly name: string; readonly isChosen: boolean }[] =>
  patchesIn(text).flatMap((patch) => {
    // One word is a name for talosctl, too, but here mostly the beginning of a patch.
    const file = patch.trim().startsWith('@') ? patchFileOf(patch) : undefined;
    return file === undefined ? [] : [{ name: file.name, isChosen: file.token !== undefined }];
  });

/** Lets the user choose the file of a name; answers the text with it, the same where none was chosen or it cannot be read, which is said. Main keeps it. */
export async function choosePatchFile(
  { client, notices }: Pick<Session, 'client' | 'notices'>,
  text: string,
  name: string,
): Promise<string> {
  const outcome = await client.call('patches.choose', { name });
  if (outcome.ok) return withPatchFile(text, name, outcome.value);
  if (outcome.failure.code !== 'cancelled') notices.say(showUnseen(outcome.failure.message), 'bad');
  return text;
}
