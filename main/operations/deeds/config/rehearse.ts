import { Failed } from '../../../lib/failed.ts';
import { CHANGE_WITHIN_MS } from '../kit/read-within.ts';
import type { ReadCall } from '../kit/plan-deed.ts';
import type { ConfigDesk } from './config-desk.ts';
import { modeRequest, type HowApplied } from './modes.ts';
import { maskedFailure, saidOf, type BeforeAndAfter } from './said.ts';

/** What a machine says of a config that is not applied yet. */
export interface Rehearsal {
  /** Its words, without secrets; empty where it says nothing. */
  readonly said: string;
  /** Why it is not applied there, a sentence or two. */
  readonly refused?: string;
}

/**
 * A dry run on one machine: its own verdict, without its difference, which quotes the config in clear (ours is shown). Throws Failed when
 * it cannot be asked.
 */
export async function rehearse(
  { caller, node, signal }: ReadCall,
  configs: BeforeAndAfter,
  how: HowApplied,
  desk: Pick<ConfigDesk, 'texts'>,
): Promise<Rehearsal> {
  const request = { data: Buffer.from(configs.after.reveal()), ...modeRequest(how) };
  try {
    const reply = await caller.rehearse(request, { node, deadlineMs: CHANGE_WITHIN_MS, signal });
    const [words = ''] = (reply.messages[0]?.mode_details ?? '').split(/\n?Config diff:/);
    const said = await saidOf(desk, configs, words.replace(/^Dry run summary:\s*/, '').trim());
    // Before 1.14 AUTO reboots for some changes, without a drain and without anybody who waits.
    const reboots = /\bwith a reboot\b/.test(words);
    return { said, ...(reboots && { refused: WOULD_REBOOT }) };
  } catch (error) {
    const failure = caller.explain(error, { node });
    if (failure.code === 'maybe-done') throw new Failed({ code: 'timeout', message: NO_VERDICT, where: { node } });
    const masked = await maskedFailure(desk, configs, failure);
    if (['invalid', 'precondition', 'not-supported', 'denied'].includes(masked.code))
      return { said: '', refused: masked.message };
    throw new Failed(masked);
  }
}

const NO_VERDICT = 'It did not say whether it takes the config. It was a dry run: nothing was done.';
const WOULD_REBOOT =
  'It would reboot at once for this. Apply it with mode staged, then reboot by a deed of its own, which waits for the cluster.';
