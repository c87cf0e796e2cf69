import type { CallInput } from '../../../preload/contract/index.ts';
import type { Session } from '../context.ts';

/** Opens a window beside this one; see call `windows.open`. False: there is none, and a notice says why. */
export async function openWindow(
  { client, notices }: Pick<Session, 'client' | 'notices'>,
  wish: CallInput<'windows.open'> = {},
): Promise<boolean> {
  const outcome = await client.call('windows.open', wish);
  if (outcome.ok) return true;
  const { message, hint } = outcome.failure;
  notices.say(hint === undefined ? message : `${message} ${hint}`, 'bad');
  return false;
}
