import type { Caller } from '../clusters/caller.ts';
import type { SourceFollower } from './source-follower.ts';

const DEADLINE_MS = 10_000;
/** Longer ids are no container's. */
const MOST_ID = 512;

/**
 * Looks which containers a node has, for those that are followed: one that was started anew has another id, and its log goes on
 * under that. Never rejects; a node that does not answer changes nothing.
 */
export async function lookForContainers(
  caller: () => Caller,
  node: string,
  followers: readonly SourceFollower[],
  signal: AbortSignal,
): Promise<void> {
  let ids: readonly string[];
  try {
    const request = { namespace: 'k8s.io', driver: 'CRI' } as const;
    const options = { node, deadlineMs: DEADLINE_MS, signal };
    const { value } = await caller().unary('/machine.MachineService/Containers', request, options);
    const running = value.messages.flatMap(({ containers }) => containers);
    ids = running
      .filter(({ status }) => status !== 'CONTAINER_EXITED')
      .flatMap(({ id }) => (id.length <= MOST_ID ? [id] : []));
  } catch {
    // Its streams tell that it does not answer.
    return;
  }
  for (const follower of followers) {
    const { wish } = follower;
    if (wish.kind !== 'container') continue;
    const found = ids.find((id) => id === wish.id || id.startsWith(`${wish.id}:`));
    if (found === undefined) follower.away();
    else follower.restarted(found);
  }
}
