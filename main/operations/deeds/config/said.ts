import type { Failure } from '../../../../preload/contract/index.ts';
import type { Secret } from '../../../lib/secret.ts';
import { visibleText } from '../../../lib/visible.ts';
import type { ConfigDesk } from './config-desk.ts';

/** What is shown of what a machine says. */
const MOST_SAID = 2_000;
/** What is longer may have been cut on its way, in the midst of a secret. */
const PERHAPS_CUT = 2_000;
const NOT_SHOWN = '(What it says is long and may quote the config; it is not shown.)';

/** A config before and after, with their secrets. */
export interface BeforeAndAfter {
  readonly before: Secret;
  readonly after: Secret;
}

/** What a machine says of configs, as it may be shown: secrets out, signs written out, bounded. */
export async function saidOf(
  { texts }: Pick<ConfigDesk, 'texts'>,
  { before, after }: BeforeAndAfter,
  said: string,
): Promise<string> {
  const whole = said.length < PERHAPS_CUT ? said : said.slice(0, Math.max(0, said.lastIndexOf('\n')));
  if (whole === '') return said === '' ? '' : NOT_SHOWN;
  return visibleText(await texts.withoutSecrets([before, after], whole)).slice(0, MOST_SAID);
}

/** A failure of a call that carried a config, without what the machine quotes of its secrets. */
export async function maskedFailure(
  desk: Pick<ConfigDesk, 'texts'>,
  configs: BeforeAndAfter,
  { details, message, ...failure }: Failure,
): Promise<Failure> {
  const why = details === undefined ? '' : await saidOf(desk, configs, details);
  const isRefusal = ['invalid', 'precondition', 'not-supported', 'denied'].includes(failure.code);
  // A message ends with the words of the machine, cut: the details have them whole.
  if (isRefusal && why !== '') return { ...failure, message: `It refused the config: ${why}` };
  return {
    ...failure,
    message: message.includes('…') ? 'The config could not be applied.' : await saidOf(desk, configs, message),
  };
}
