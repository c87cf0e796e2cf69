import type { Secret } from '../../../lib/secret.ts';
import type { TextWorkers } from '../../../text-work/text-workers.ts';
import type { KeptConfigs } from '../../machine-configs/kept-configs.ts';

/** A config that the user looks at, to be applied. */
export interface ChosenConfig {
  readonly text: Secret;
  /** Where it was read; undefined for a file. */
  readonly from?: { readonly context: string; readonly node: string };
  /** SHA-256 of the config it was made from, where it is one of a machine. */
  readonly basis?: string;
}

/** What deeds on machine configs work with. */
export interface ConfigDesk {
  readonly texts: Pick<TextWorkers, 'changeConfig' | 'configInSpec' | 'withoutSecrets'>;
  readonly kept: KeptConfigs;
  /** The text of a patch file that the user chose, by its token; undefined for an old one. */
  readonly patchText: (token: string) => string | undefined;
  /** A config that is looked at, by its token; undefined for an old one. */
  readonly chosen: (token: string) => ChosenConfig | undefined;
}
