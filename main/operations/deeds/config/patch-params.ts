import { patchesIn, patchFileOf, withNextPatch, type CommandParam } from '../../../../preload/contract/index.ts';
import { visible } from '../../../lib/visible.ts';
import type { CommandParams, TalosctlFlag } from '../../commands/kit/definition.ts';
import { textParam, wrong } from '../../commands/kit/params.ts';
import type { ConfigDesk } from './config-desk.ts';

const ID = 'patch';

/** Patches that are applied in their order. What is typed may hold secrets, and is not kept. */
export const PATCHES: CommandParam = {
  ...{ id: ID, title: 'Patch', kind: 'lines', required: true, isSensitive: true, isPatches: true },
};

const fileWord = (patch: string): string | undefined => {
  const file = patchFileOf(patch);
  return file && `@${file.name}`;
};

/** Each patch is a `-p` of its own, in their order; a file that was chosen is written as the line had it. */
const several: NonNullable<TalosctlFlag['several']> = {
  join: (texts) => texts.reduce(withNextPatch, ''),
  split: (text) => patchesIn(text).map((patch) => fileWord(patch) ?? patch.trim()),
};

/** `-p PATCH`, as often as there are patches. */
export const PATCH_FLAG: TalosctlFlag = {
  ...{ long: 'patch', short: 'p', takesValue: true, param: ID, several },
  // One word is a name as well.
  readAs: (value) => fileWord(value) ?? value,
};

/** `--patch-file FILE` of `talosctl patch`: one more, behind the others (SPEC-2 F3). */
export const PATCH_FILE_FLAG: TalosctlFlag = {
  ...{ long: 'patch-file', takesValue: true, param: ID, several, isLast: true },
  readAs: (value) => `@${value}`,
};

/** The texts of the patches, those of chosen files too. Throws Failed `invalid` for a file that was not chosen, or too long ago. */
export const patchesOf = (params: CommandParams, desk: Pick<ConfigDesk, 'patchText'>): readonly string[] =>
  patchTexts(patchesIn(textParam(params, ID)), desk);

/** {@link patchesOf}, of patches as they were given. */
export const patchTexts = (
  patches: readonly string[],
  { patchText }: Pick<ConfigDesk, 'patchText'>,
): readonly string[] =>
  patches.map((patch) => {
    const file = patchFileOf(patch);
    if (file === undefined) return patch;
    const name = visible(file.name);
    if (file.token === undefined)
      throw wrong(ID, `${name} is the name of a file: choose it, Minos reads no file that a line names.`);
    const text = patchText(file.token);
    if (text === undefined) throw wrong(ID, `${name} was chosen too long ago. Choose it again.`);
    return text;
  });

/** As the journal keeps them: how many there were, and no word of theirs. */
export function withoutPatches(params: CommandParams): CommandParams {
  const count = patchesIn(textParam(params, ID)).length;
  if (count === 0) return params;
  const names = Array.from({ length: count }, (_, at) => `@patch${at === 0 ? '' : `-${at + 1}`}.yaml`);
  return { ...params, [ID]: several.join(names) };
}
