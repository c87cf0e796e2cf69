import type { AnyMethod } from '../talos/load-proto.ts';
import type { HostileKind } from './faults.ts';

export function makeHostile(method: AnyMethod, reply: object, _kind: HostileKind): Buffer {
  return method.responseSerialize(reply);
}
