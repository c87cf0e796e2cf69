import type { PlanHead } from '../plans/plans.ts';

/** Where a machine config that is looked at came from. */
export type ConfigSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'node'; readonly context: string; readonly node: string };

/** A document of a machine config and its parts, with their lines. */
export interface ConfigOutline {
  /** `v1alpha1`, `LinkConfig eth0` */
  readonly title: string;
  /** 1-based. */
  readonly line: number;
  /** False for a kind that this Minos does not know: all its values are masked. */
  readonly isKnown: boolean;
  readonly parts: readonly { readonly path: string; readonly line: number }[];
}

/** A machine config whose secrets stayed in main. */
export interface OpenedConfig {
  /** Names it in later calls, for a while. */
  readonly token: string;
  readonly source: ConfigSource;
  readonly readAtMs: number;
  /** With a placeholder such as `<secret-1>` for every secret; equal ones have the same. */
  readonly text: string;
  /** The text is longer than what is shown. */
  readonly isCut: boolean;
  readonly documents: readonly ConfigOutline[];
  /** In their order; a secret is named by its index. */
  readonly secrets: readonly { readonly path: string; readonly line: number; readonly placeholder: string }[];
}

/** One line of a difference of two configs, without secrets. */
export interface ConfigDiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly old?: number;
  readonly new?: number;
  readonly text: string;
}

/** What patches would make of a config. */
export interface PatchedConfig {
  /** False when it means what it meant before. */
  readonly isChanged: boolean;
  readonly diff: readonly ConfigDiffLine[];
  /** Writes it into the file it came from; missing for the config of a node, and where nothing changes. */
  readonly plan?: PlanHead;
}

/** Where a config shall run, as `talosctl validate --mode` has it. */
export type ConfigMode = 'metal' | 'cloud' | 'container';

/** What Talos would say of a config, word by word; `info`: what Minos says of a field that has a newer form. */
export interface ConfigVerdict {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  /** `v1alpha1.Config`, `LinkConfig/eth0` */
  readonly document?: string;
  /** 1-based. */
  readonly line?: number;
}

/** Something in a config that is being edited; `info`: nothing is wrong, but there is a newer way. */
export interface ConfigEditProblem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  /** What would put it right: the first `from` of its line becomes `to`. */
  readonly fix?: { readonly title: string; readonly from: string; readonly to: string };
}

/** What an edited config would change. */
export interface EditedConfig extends PatchedConfig {
  /** Names the edited config for the deed `apply-config`, as the token of an opened one does. */
  readonly draft: string;
}

/** What may stand in a field of a machine config. */
export interface ConfigFieldHelp {
  /** As the facts call it: `string`, `list<v1alpha1.Device>`, `duration`. */
  readonly type: string;
  /** The words that are allowed. */
  readonly words?: readonly string[];
  readonly isDeprecated?: true;
  /** What stands for it in newer configs: kinds of documents. */
  readonly successors?: readonly string[];
  /** What it is for, a sentence or two. */
  readonly about?: string;
}

/** What may stand in machine configs: for completion and help. */
export interface ConfigHelp {
  /** The type of the document of each kind; `v1alpha1` for the one without. */
  readonly kinds: Readonly<Record<string, { readonly type: string; readonly apiVersion: string }>>;
  /** Fields by type, in the order in which Talos writes them. */
  readonly types: Readonly<Record<string, Readonly<Record<string, ConfigFieldHelp>>>>;
}

/** A config of a machine from before a deed replaced it. It stays in main, for a month at most. */
export interface KeptBefore {
  /** Names it for the deed `put-back-config`. */
  readonly id: string;
  /** When it was replaced; epoch milliseconds. */
  readonly atMs: number;
  /** What replaced it, in the words of the deed. */
  readonly what: string;
}
