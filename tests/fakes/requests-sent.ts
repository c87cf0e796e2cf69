import type { Simulator } from '../../main/simulator/simulator.ts';
import type { MethodPath } from '../../main/talos/method-types.ts';
import { testProto } from './open-workspace.ts';

/** Requests of a changing method as they came over the wire, each with the `node` header it had. */
export function requestsSent({ calls }: Simulator, path: MethodPath): readonly unknown[] {
  const method = testProto().findMethod(path);
  return calls.flatMap(({ method: called, node, request }) =>
    called === path && request !== undefined ? [{ node, ...method?.requestDeserialize(Buffer.from(request)) }] : [],
  );
}
