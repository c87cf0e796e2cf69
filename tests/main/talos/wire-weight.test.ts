import { describe, expect, it, test } from 'vitest';
import { MAX_REPLY_VALUES } from '../../../main/talos/bounded-method.ts';
import type { MethodPath } from '../../../main/talos/method-types.ts';
import { testProto } from '../../fakes/open-workspace.ts';

const proto = testProto();
const processes = proto.method('/machine.MachineService/Processes');
const list = proto.method('/cosi.resource.State/List');
const bytesOf = (path: MethodPath, reply: object): Buffer =>
  (proto.method(path).responseSerialize as unknown as (reply: object) => Buffer)(reply);
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('every method of proto/ weighs an empty reply, which is never nothing', () => {
  for (const { methods } of proto.services) {
    for (const method of methods) {
      expect(method.decodeWithin(Buffer.alloc(0), 0), method.path).toBeUndefined();
      expect(method.decodeWithin(Buffer.alloc(0), 1000), method.path).toEqual(
        method.responseDeserialize(Buffer.alloc(0)),
      );
    }
  }
});

test('a list counts every message with all its fields', () => {
  const bytes = bytesOf('/machine.MachineService/Processes', { messages: [{ processes: [{ pid: 1 }, {}, {}] }] });
  // Reply 2, its entry 1 + 3, three entries of 1 + 12.
  const weight = 2 + 4 + 3 * 13;

  expect(processes.decodeWithin(bytes, weight - 1)).toBeUndefined();
  expect(processes.decodeWithin(bytes, weight)?.messages[0]?.processes).toHaveLength(3);
});

test('entries of maps, texts of lists and numbers in one piece count as well', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 'v']));
  const finalizers = Array.from({ length: 5000 }, () => 'x');
  const resource = (metadata: object): Buffer => bytesOf('/cosi.resource.State/List', { resource: { metadata } });
  const cpu = proto.method('/machine.MachineService/LoadAvg');

  expect(list.decodeWithin(resource({ labels: many }), 15_000)).toBeUndefined();
  expect(list.decodeWithin(resource({ labels: many }), 25_000)?.resource?.metadata?.labels['k7']).toBe('v');
  expect(list.decodeWithin(resource({ finalizers }), 5000)).toBeUndefined();
  expect(list.decodeWithin(resource({ finalizers }), 6000)).toBeDefined();
  expect(cpu.decodeWithin(Buffer.alloc(0), 100)).toBeDefined();
});

test('fields that a later Talos has are passed over', () => {
  const reply = processes.responseDeserialize(hex('c03e 05 ca3e 02 6162 d13e 0102030405060708 dd3e 01020304'));

  expect(reply.messages).toEqual([]);
});

describe('what a decoder could read otherwise than it is counted', () => {
  it.each([
    ['a text where a number belongs', '0a 06 1204 0a02 4142'],
    ['a number where a message belongs', '08 01'],
    ['a group', '0b 0c'],
    ['an end without a group', '0c'],
    ['a group in a field nobody knows', 'c33e c43e'],
    ['a length beyond the end', '0a 7f 00'],
    ['a length of five full bytes', '0a ffffffff0f 00'],
    ['a length of more than 32 bits', '0a ffffffffff7f'],
    ['a number that never ends', '0a 0f 12 0d 08 ffffffffffffffffffffff01'],
    ['a number of 32 bits in seven bytes', '0a 0b 12 09 08 81818181818101 10'],
    ['a field with number zero', '02 00'],
    ['a tag alone', '0a'],
    ['a message that ends beyond what holds it', '0a 02 12 05'],
  ])('%s is refused', (_what, text) => {
    expect(() => processes.responseDeserialize(hex(text))).toThrow('The answer is no message that Minos can read.');
  });
});

test('a negative number in its ten bytes is read', () => {
  const bytes = bytesOf('/machine.MachineService/Processes', { messages: [{ processes: [{ pid: -1 }] }] });

  expect(processes.responseDeserialize(bytes).messages[0]?.processes[0]?.pid).toBe(-1);
});

test('no reply above the limit is decoded, whoever asks', () => {
  const bytes = Buffer.alloc(MAX_REPLY_VALUES * 2, Buffer.from([0x0a, 0x00]));

  expect(() => processes.responseDeserialize(bytes)).toThrow(/holds more than 7,000,000 values/);
});

test('a message inside another one is weighed as itself, also where one outside has its name', () => {
  const method = testProto().method('/machine.MachineService/Netstat');
  const reply = { messages: [{ connectrecord: [{ localport: 50_000, process: { pid: 5, name: 'apid' } }] }] };

  const read = method.responseDeserialize(method.responseSerialize(reply as never));

  expect(read.messages[0]?.connectrecord[0]?.process).toEqual({ pid: 5, name: 'apid' });
});
