import type { Row } from '../../main/operations/commands/kit/definition.ts';
import type { CommandParams } from '../../main/operations/commands/kit/definition.ts';
import type { MethodPath, MethodReply } from '../../main/talos/method-types.ts';
import { testProto } from './open-workspace.ts';

/** A message as it comes over the wire: encoded and decoded with the real messages. */
export function overTheWire<P extends MethodPath>(path: P, reply: object): MethodReply<P> {
  const method = testProto().method(path);
  return method.responseDeserialize(method.responseSerialize(reply as never));
}

/** Rows a command makes of such a message. */
export function rowsOver<P extends MethodPath>(
  command: {
    readonly method: P;
    rows(reply: MethodReply<P>, params: CommandParams): Iterable<Row>;
  },
  reply: object,
  params: CommandParams = {},
): readonly Row[] {
  return [...command.rows(overTheWire(command.method, reply), params)];
}
