import { expect, test } from 'vitest';
import { writeMessage, type ProtoField } from '../../../../main/simulator/wire/protobuf-writer.ts';
import { readEvent } from '../../../../main/operations/lens/event-payload.ts';

const read = (type: string, fields: readonly ProtoField[]) =>
  readEvent({
    id: 'd2k1qe00000000000000',
    actor_id: 'me',
    data: { type_url: `talos/runtime/machine.${type}`, value: writeMessage(fields) },
  });

test.each([
  [
    'SequenceEvent',
    [
      { number: 1, string: 'boot' },
      { number: 2, varint: 1 },
    ],
    { kind: 'sequence', subject: 'boot', action: 'START' },
  ],
  [
    'SequenceEvent',
    [
      { number: 1, string: 'boot' },
      { number: 2, varint: 2 },
      { number: 3, message: [{ number: 2, string: 'no disk' }] },
    ],
    { kind: 'sequence', action: 'STOP', message: 'error: no disk', isError: true },
  ],
  ['PhaseEvent', [{ number: 1, string: 'mount' }], { kind: 'phase', subject: 'mount', action: 'START' }],
  [
    'TaskEvent',
    [
      { number: 1, string: 'task' },
      { number: 2, varint: 1 },
    ],
    { kind: 'task', action: 'STOP' },
  ],
  [
    'ServiceStateEvent',
    [
      { number: 1, string: 'etcd' },
      { number: 2, varint: 6 },
      { number: 3, string: 'exit 1' },
    ],
    { kind: 'service', subject: 'etcd', action: 'FAILED', message: 'exit 1', isError: true },
  ],
  [
    'ConfigLoadErrorEvent',
    [{ number: 1, string: 'bad' }],
    { kind: 'config-load-error', message: 'bad', isError: true },
  ],
  ['ConfigValidationErrorEvent', [{ number: 1, string: 'bad' }], { kind: 'config-validation-error', message: 'bad' }],
  [
    'AddressEvent',
    [
      { number: 1, string: 'cp-1' },
      { number: 2, string: '10.0.0.1' },
      { number: 2, string: '10.0.0.2' },
    ],
    { kind: 'address', subject: 'cp-1', message: 'ADDRESSES: 10.0.0.1,10.0.0.2' },
  ],
  [
    'MachineStatusEvent',
    [
      { number: 1, varint: 4 },
      {
        number: 2,
        message: [
          {
            number: 2,
            message: [
              { number: 1, string: 'time' },
              { number: 2, string: 'no sync' },
            ],
          },
        ],
      },
    ],
    { kind: 'machine-status', subject: 'RUNNING', message: 'ready: false, unmet conditions: [time (no sync)]' },
  ],
  ['RestartEvent', [{ number: 1, varint: 19 }], { kind: 'restart', message: 'command 19' }],
  ['NewerEvent', [], { kind: 'unknown', message: 'talos/runtime/machine.NewerEvent' }],
] as const)('%s is read', (type, fields, event) => {
  expect(read(type, fields)).toMatchObject({ id: 'd2k1qe00000000000000', actor: 'me', ...event });
});

test('the first message of the stream is none, and bytes that are no message are said to be unknown', () => {
  expect(readEvent({ id: 'x', actor_id: '', data: { type_url: '', value: Buffer.alloc(0) } })).toBeUndefined();
  for (const bytes of [[0xff], [0x0a, 0x7f], [0x0b], Array<number>(12).fill(0xff)])
    expect(
      readEvent({ id: 'x', actor_id: '', data: { type_url: 'a.SequenceEvent', value: Buffer.from(bytes) } }),
    ).toMatchObject({ kind: 'unknown' });
});
