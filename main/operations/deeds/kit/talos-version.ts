import { READ_WITHIN_MS } from './read-within.ts';
import type { ReadCall } from './plan-deed.ts';

/** No version is longer. */
const MOST_TAG = 64;

/** Throws what the call throws. `v1.13.9`, as the machine says it. */
export async function talosVersion({ caller, node, signal }: ReadCall): Promise<string> {
  const options = { node, deadlineMs: READ_WITHIN_MS, signal };
  const { value } = await caller.unary('/machine.MachineService/Version', {}, options);
  return (value.messages[0]?.version?.tag ?? '').slice(0, MOST_TAG);
}

/** Why a machine of this version has not what came with that one, or undefined when it has; what cannot be read as a version has not. */
export function whyTooOld(tag: string, [major, minor]: readonly [number, number]): string | undefined {
  const read = /^v?(\d+)\.(\d+)\./.exec(tag);
  const [has, hasMinor] = [Number(read?.[1] ?? Number.NaN), Number(read?.[2] ?? Number.NaN)];
  if (has > major || (has === major && hasMinor >= minor)) return undefined;
  return `Talos can do this since ${major}.${minor}; it runs ${tag === '' ? 'a version that it does not tell' : tag.slice(0, 40)}.`;
}
