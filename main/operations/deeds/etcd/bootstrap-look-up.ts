import { lookAtControlPlane } from '../../etcd/control-plane-look.ts';
import type { LookUp } from '../kit/definition.ts';
import { SETTLES_MS } from '../kit/read-within.ts';
import { isLed, isWaiting } from './await-etcd.ts';
import { etcdWords } from './may-bootstrap.ts';

/** Looks up after a restart whether a machine was bootstrapped: etcd leads there, or still waits without data. */
export const bootstrapLookUp: LookUp = async ({ caller, node, name, before, another, sinceMs, signal }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const look = await lookAtControlPlane(caller, { node, signal });
  if (isLed(look)) return { kind: 'done', text: 'etcd runs on it, and a member leads.' };
  const words = etcdWords({ name, ...look });
  if (!isWaiting(look)) return { kind: 'goes-on', text: `It is not over: ${words}.` };
  return sinceMs < (before.settlesMs ?? SETTLES_MS)
    ? { kind: 'goes-on', text: 'etcd still waits, without data. It may still be under way.' }
    : { kind: 'not-done', text: 'etcd still waits to be bootstrapped, without data.' };
};
