import * as v from 'valibot';
import { call, contextName, nodeName, nothing, token } from '../call.ts';
import type {
  ConfigEditProblem,
  ConfigHelp,
  ConfigVerdict,
  EditedConfig,
  KeptBefore,
  OpenedConfig,
  PatchedConfig,
} from './machine-configs.ts';
import type { Saved } from '../work/answers.ts';
import type { AlikePatch } from './drift.ts';
import type { LibraryPatch, PatchFile, PatchLibraryState } from './patches.ts';

/** A few texts, each of bounded length. */
const patches = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(400_000))),
  v.minLength(1),
  v.maxLength(20),
);

/** A text that was shown, edited: what is shown has less. */
const edited = v.pipe(v.string(), v.maxLength(800_000));

const patchName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
const patchText = v.pipe(v.string(), v.minLength(1), v.maxLength(100_000));
/** What was typed for the variables of a patch, by their names. */
const patchValues = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(20_000))),
  v.maxEntries(40),
);
const mode = v.picklist(['metal', 'cloud', 'container']);

/** Calls about machine configs: of nodes, and of files. Secrets stay in main and are shown one at a time. */
export const machineConfigCalls = {
  /** Open a machine config in a file that the user chooses. */
  'machineConfig.open': call<OpenedConfig>()(nothing),
  /** Open a machine config in a file that was dropped (token of the drop). */
  'machineConfig.openDropped': call<OpenedConfig>()(v.strictObject({ token })),
  /** Read the config that a node runs with; needs os:admin. */
  'machineConfig.read': call<OpenedConfig>()(v.strictObject({ context: contextName, node: nodeName })),
  /** Configs of a node that deeds replaced, newest first, to be put back. */
  'machineConfig.before': call<readonly KeptBefore[]>()(v.strictObject({ context: contextName, node: nodeName })),
  /** One secret of an opened config, because the user asked to see it. */
  'machineConfig.reveal': call<{ readonly value: string }>()(
    v.strictObject({ token, secret: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)) }),
  ),
  /** What is wrong with the masked text of an opened config while it is edited. */
  'machineConfig.judge': call<readonly ConfigEditProblem[]>()(v.strictObject({ token, text: edited, mode })),
  /** What an edited masked text would change, its secrets filled in, and the plan that writes it into its file. Nothing is written yet. */
  'machineConfig.edit': call<EditedConfig>()(v.strictObject({ token, text: edited })),
  /** What may stand in machine configs. */
  'machineConfig.help': call<ConfigHelp>()(nothing),
  /** What patches would make of an opened config, and the plan that writes it into its file. Nothing is written yet. */
  'machineConfig.patch': call<PatchedConfig>()(v.strictObject({ token, patches })),
  /** Write what patches make of an opened file into another one, where the user chooses. It holds the secrets of the config. */
  'machineConfig.saveAs': call<Saved>()(v.strictObject({ token, patches })),
  /** Judge an opened config by the rules of Talos that need no machine. */
  'machineConfig.validate': call<readonly ConfigVerdict[]>()(v.strictObject({ token, mode, isStrict: v.boolean() })),
  /**
   * The patch that makes fields of a compared node like those of another one, or of what all were compared with (`like` is missing). It has no
   * secrets, and nothing that each machine has of its own.
   */
  'machineConfig.alike': call<AlikePatch>()(
    v.strictObject({
      ...{ token, node: nodeName, like: v.optional(nodeName) },
      fields: v.pipe(v.array(v.pipe(v.string(), v.regex(/^\d{1,4}$/))), v.minLength(1), v.maxLength(500)),
    }),
  ),
  /** Patches that the user keeps. */
  'patches.list': call<PatchLibraryState>()(nothing),
  /** Common jobs as patches for an opened config, each in the form that its Talos and its documents take. */
  'patches.jobs': call<readonly LibraryPatch[]>()(v.strictObject({ token })),
  /** Keep a patch: a new one, or in the place of the one with this id. One that holds a secret is refused, with the line. */
  'patches.save': call<LibraryPatch>()(
    v.strictObject({
      id: v.optional(token),
      name: patchName,
      about: v.pipe(v.string(), v.trim(), v.maxLength(500)),
      text: patchText,
    }),
  ),
  /** Forget a kept patch. */
  'patches.remove': call<void>()(v.strictObject({ id: token })),
  /** A patch with values in the place of its variables. Nothing is kept of them. */
  'patches.fill': call<{ readonly text: string }>()(v.strictObject({ text: patchText, values: patchValues })),
  /** Keep patches of files that the user chooses. */
  'patches.import': call<readonly LibraryPatch[]>()(nothing),
  /** Choose the file that a patch of a line names. It stays in main; the token stands for it. */
  'patches.choose': call<Required<PatchFile>>()(v.strictObject({ name: v.pipe(v.string(), v.maxLength(4096)) })),
  /** Save a kept patch as a file where the user chooses. */
  'patches.export': call<Saved>()(v.strictObject({ id: token })),
} as const;
