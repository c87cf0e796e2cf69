import { Failed } from '../../lib/failed.ts';
import { redactText } from '../../lib/redact.ts';
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
  return redactText(masker.quoted(said));
}
