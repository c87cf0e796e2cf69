import { describe, expect, it } from 'vitest';
import { replyHead } from '../../../main/talos/reply-head.ts';
import { testProto } from '../../fakes/open-workspace.ts';

const netstat = testProto().method('/machine.MachineService/Netstat');
const sockets = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    localip: '10.0.0.1',
    localport: index,
    inode: String(2 ** 40 + index),
  }));
const encoded = (count: number): Buffer =>
  // Encodes what the type calls a whole message.
  netstat.responseSerialize({ messages: [{ connectrecord: sockets(count) }] } as never);

describe('the beginning of a reply', () => {
  it('is a reply with the first entries of the whole, as many as fit', () => {
    const whole = netstat.responseDeserialize(encoded(5_000)).messages[0]!.connectrecord;
    const cut = replyHead(encoded(5_000), 16 * 1024)!;
    const head = netstat.responseDeserialize(cut).messages[0]!.connectrecord;

    expect(head.length).toBeGreaterThan(200);
    expect(head).toEqual(whole.slice(0, head.length));
    expect(cut.length).toBeLessThan(17 * 1024);
  });

  it('is the whole of one that fits, and nothing where not even one entry does', () => {
    expect(replyHead(encoded(3), 16 * 1024)).toEqual(encoded(3));
    expect(replyHead(encoded(3), 4)).toBeUndefined();
  });

  it.each([
    ['nothing', []],
    ['a length beyond the end', [0x0a, 0x7f, 0x00]],
    ['a length that goes on for ever', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a group', [0x0b, 0x0c]],
    ['a number where the message should be', [0x08, 0x01]],
  ])('is not made of %s', (_what, bytes) => {
    expect(replyHead(Buffer.from(bytes), 1024)).toBeUndefined();
  });
});
