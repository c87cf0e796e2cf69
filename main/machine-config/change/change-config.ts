import { Failed } from '../../lib/failed.ts';
import type { DiffLine } from '../../yaml/redacted-diff.ts';
import { refuseTooLong } from '../documents/bounds.ts';
import { configRefused } from '../documents/config-refused.ts';
import { documentsToShow, loadConfig } from '../documents/load.ts';
import { meansTheSame } from '../patch/apply-patches.ts';
import { patchConfig } from '../patch/patch-config.ts';
import { maskedDiff } from '../secrets/masked-diff.ts';
import { failedWithoutSecrets } from '../secrets/without-secrets.ts';
import { configFactsOf, type ConfigFacts } from './config-facts.ts';

/** How a config is to be changed: by patches in their order, or by a text that takes its place, patched first where there are patches. */
export interface ConfigWish {
  readonly text?: string;
  readonly patches?: readonly string[];
}

/** A config as it would be. */
export interface ConfigChange {
  /** The whole of it, with its secrets. */
  readonly text: string;
  /** False when it means what it meant before. */
  readonly isChanged: boolean;
  /** The lines that differ, with placeholders for secrets. */
  readonly diff: readonly DiffLine[];
  readonly before: ConfigFacts;
  readonly after: ConfigFacts;
}

/**
 * What a machine config becomes. Throws Failed `file-invalid` for what is no config or no patch, and for a placeholder that stands for a
 * secret nobody filled in.
 */
export function changeConfig(before: string, wish: ConfigWish): ConfigChange {
  const { text: base = before, patches = [] } = wish;
  const text = patches.length === 0 ? base : patchConfig(base, patches).text;
  try {
    return changed(before, text);
  } catch (error) {
    // A secret may stand in the text where its kinds and names are, which are quoted.
    throw error instanceof Failed ? failedWithoutSecrets(error, before) : error;
  }
}

function changed(before: string, text: string): ConfigChange {
  refuseTooLong(text.length, 'Check that this is the right config.');
  refusePlaceholders(before, text);
  return {
    ...{ text, isChanged: isAnother(before, text) },
    diff: maskedDiff(before, text),
    before: configFactsOf(documentsToShow(before)),
    after: configFactsOf(documentsToShow(text)),
  };
}

/** Whether two configs mean different things. Of what only a newer Talos knows, the texts are compared. Throws Failed for what is none. */
function isAnother(before: string, after: string): boolean {
  if (before === after) return false;
  try {
    return !meansTheSame(loadConfig(before).documents, loadConfig(after).documents);
  } catch (error) {
    if (error instanceof Failed) return true;
    throw error;
  }
}

const PLACEHOLDER = /<secret-\d+>/g;

/** A masked text that was copied and comes back would take every secret away. */
function refusePlaceholders(before: string, after: string): void {
  for (const { 0: found, index } of after.matchAll(PLACEHOLDER)) {
    if (before.includes(found)) continue;
    throw configRefused({
      text: `It has ${found} in the place of a secret.`,
      line: after.slice(0, index).split('\n').length,
      hint: 'The text was copied with its secrets masked. Take the config itself, or leave the secret out of the patch.',
    });
  }
}
