import { Failed } from '../../lib/failed.ts';
import { redactText } from '../../lib/redact.ts';
import { readableDocuments } from '../documents/load.ts';
import { findSecrets } from './find-secrets.ts';
import { Masker } from './mask.ts';

/** What is said where the secrets are not known that a text may quote. */
const NOT_SHOWN = '(What it says may quote the config, and is not shown.)';

/** What somebody said of some machine configs, without their secrets. */
export function withoutSecrets(configs: readonly string[], said: string): string {
  const masker = new Masker();
  try {
    for (const config of configs) masker.config(config);
  } catch (error) {
    if (error instanceof Failed) return NOT_SHOWN;
    throw error;
  }
  return redactText(masker.quoted(withoutQuotedValues(said)));
}

/** A failure about a config, or about what was made from it, without its secrets. Those of documents that cannot be read are not known. */
export function failedWithoutSecrets(error: Failed, config: string): Failed {
  const masker = new Masker();
  masker.learn(readableDocuments(config).flatMap(findSecrets));
  const { message, hint, details, ...rest } = error.failure;
  return new Failed(
    {
      ...rest,
      message: masker.quoted(message),
      ...(hint !== undefined && { hint: masker.quoted(hint) }),
      ...(details !== undefined && { details: masker.quoted(details) }),
    },
    error.cause,
  );
}

/**
 * What Talos quotes when it cannot load a config: values of keys that it does not know, and the first characters of those of another type.
 * Any of them may be a secret, and too short or cut to be found.
 */
function withoutQuotedValues(said: string): string {
  return said
    .replace(/(cannot unmarshal !!\w+ )`[^`]*`/g, '$1`…`')
    .replace(/(unknown keys found during decoding:)([^]*)$/, (_, head: string, tree: string) => {
      const [rest = '', ...lines] = tree.split('\n');
      return [head + (rest.trim() === '' ? '' : ' …'), ...lines.map(withoutValue)].join('\n');
    });
}

/** A line of YAML, of which the key stays. */
function withoutValue(line: string): string {
  const [key] = /^\s*(?:- +)*["']?[\w./-]+["']?:(?=\s|$)/.exec(line) ?? [];
  if (key === undefined) return line.trim() === '' ? line : '…';
  return line.slice(key.length).trim() === '' ? line : `${key} …`;
}
