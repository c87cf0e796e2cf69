import type { PlacedCommand } from '../commands/kit/definition.ts';
import { PATCH_FLAG, PATCHES } from '../deeds/config/patch-params.ts';

const CHOSEN = 'The file is chosen in the dialog of the system: Minos reads none that a line names.';

/** `talosctl machineconfig patch`: the file is opened, with the patches of the line beside it (docs/talos-behaviour.md §6.3.1). */
export const patchFileCommand: PlacedCommand = {
  id: 'machineconfig-patch',
  title: 'Patch a machine config in a file',
  opens: 'machine-config.patch-file',
  params: [
    { id: 'file', title: 'File', kind: 'text', required: false },
    { ...PATCHES, required: false },
  ],
  syntax: {
    names: ['machineconfig patch', 'mc patch'],
    positionals: ['file'],
    flags: [
      PATCH_FLAG,
      {
        ...{ long: 'output', short: 'o', takesValue: true },
        note: 'write the result into the file itself, or into another one that you choose.',
      },
    ],
  },
};

/** `talosctl validate`: the file is opened and checked. */
export const validateFileCommand: PlacedCommand = {
  id: 'validate',
  title: 'Check a machine config in a file',
  opens: 'machine-config.check-file',
  params: [
    { id: 'mode', title: 'Mode', kind: 'choice', required: true, choices: ['metal', 'cloud', 'container'] },
    { id: 'strict', title: 'Strict', kind: 'flag', required: false, initial: false },
  ],
  syntax: {
    names: ['validate'],
    flags: [
      { long: 'config', short: 'c', takesValue: true, note: CHOSEN },
      { long: 'mode', short: 'm', takesValue: true, param: 'mode' },
      { long: 'strict', takesValue: false, param: 'strict' },
    ],
  },
};
