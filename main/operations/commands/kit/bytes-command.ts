import { Failed } from '../../../lib/failed.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import type { BytesCommand } from './definition.ts';

/** A command that is one stream of bytes of one node. */
export function bytesCommand(parts: Omit<BytesCommand, 'shape' | 'columns' | 'picture'>): BytesCommand {
  return {
    ...parts,
    shape: 'bytes',
    columns: [
      { id: 'name', title: 'NAME', kind: 'text' },
      { id: 'size', title: 'SIZE', kind: 'bytes' },
      { id: 'result', title: 'RESULT', kind: 'text' },
    ],
    picture: { kind: 'bytes' },
  };
}

/** The bytes of messages. A node that has nothing to send says why in a message, and ends well: throws Failed. */
export async function* dataOf(
  messages: AsyncIterable<MethodReply<'/machine.MachineService/Read'>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const { bytes, metadata } of messages) {
    const said = metadata?.error ?? '';
    if (said !== '') throw refused(said);
    if (bytes.length > 0) yield bytes;
  }
}

function refused(said: string): Failed {
  const isMissing = said.endsWith('no such file or directory');
  return new Failed({
    code: isMissing ? 'not-found' : 'precondition',
    message: isMissing ? 'The node has nothing at this path.' : 'The node could not read it.',
    hint: 'Look at the path.',
    details: said,
  });
}
