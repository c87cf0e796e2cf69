import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { RunEvent, WatchItem } from '../../preload/contract/index.ts';
import { expectHeld } from './support/bounds.ts';
import { field, RawCluster, replyBytes, type RawAnswers } from './support/raw-cluster.ts';
import { StartedMain } from './support/start-main.ts';

const MIB = 1024 * 1024;
const NODE = '10.0.0.1';
const VERSION = '/machine.MachineService/Version';
const version = replyBytes(VERSION, { messages: [{ version: { tag: 'v1.13.9' } }] });

/** So many empty messages in the list with this number: two bytes each. */
const empty = (number: number, bytes: number): Buffer => Buffer.alloc(bytes, Buffer.from([(number << 3) | 2, 0]));

const DEFINITIONS = [
  {
    resource: {
      metadata: { namespace: 'meta', id: 'things.example.dev', version: '1' },
      spec: {
        yaml_spec:
          'type: Things.example.dev\ndisplayType: Thing\ndefaultNamespace: default\naliases: []\nallAliases: [things]\nprintColumns: []\nsensitivity: ""\n',
      },
    },
  },
].map((reply) => replyBytes('/cosi.resource.State/List', reply));

let answers: RawAnswers = () => undefined;
let cluster: RawCluster;
let main: StartedMain;

// One main for all: what an attack leaves behind would be seen in the next.
beforeAll(async () => {
  cluster = await RawCluster.start((path, node) => {
    const own = answers(path, node);
    if (own !== undefined) return own;
    if (path === VERSION) return { messages: [version] };
    return path === '/cosi.resource.State/List' ? { messages: DEFINITIONS } : undefined;
  });
  main = await StartedMain.start({ talosconfigText: cluster.talosconfig });
  return async () => {
    await main[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  };
});
beforeEach(async () => {
  answers = () => undefined;
  await main.rest();
});

/** Answers one method like this. */
function answer(path: string, ...messages: readonly Buffer[]): void {
  answers = (asked) => (asked === path ? { messages } : undefined);
}

async function run(command: string, params = {}): Promise<readonly RunEvent[]> {
  const input = { context: 'raw', command, params, nodes: [NODE], deadlineMs: 30_000 };
  const opened = main.open('run', input);
  expect(await opened.ended).toBeUndefined();
  return opened.items as readonly RunEvent[];
}

const failureOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'failed' ? [event.failure] : []))[0];

describe('a reply that is small on the wire and huge when it is decoded', () => {
  it.each([
    ['processes', '/machine.MachineService/Processes', empty(1, 31 * MIB)],
    ['processes', '/machine.MachineService/Processes', field(1, empty(2, 30 * MIB))],
    ['containers', '/machine.MachineService/Containers', field(1, empty(2, 30 * MIB))],
    ['services', '/machine.MachineService/ServiceList', field(1, empty(2, 30 * MIB))],
    ['mounts', '/machine.MachineService/Mounts', field(1, empty(2, 30 * MIB))],
  ])('fails %s in words and holds nobody up', async (command, path, bytes) => {
    answer(path, bytes);
    const failure = failureOf(await run(command));

    expect(failure).toMatchObject({ code: 'too-large', where: { node: NODE } });
    expect(failure?.message).toMatch(/values and is not read/);
    await expectHeld(main);
  });

  it('fails also in one of a stream', async () => {
    answer('/cosi.resource.State/List', ...DEFINITIONS, field(1, field(1, empty(9, 30 * MIB))));
    const opened = main.open('run', {
      ...{ context: 'raw', command: 'get', params: { type: 'things' }, nodes: [NODE], deadlineMs: 30_000 },
    });

    expect(await opened.ended).toMatchObject({ code: 'too-large' });
    await expectHeld(main);
  });

  it('fails a watch of that node, whose stream goes on elsewhere when it breaks', async () => {
    answer('/cosi.resource.State/Watch', empty(1, 16 * MIB));
    const opened = main.open('watch', { context: 'raw', nodes: [NODE], type: 'things' });

    await opened.ended;

    const failed = (opened.items as readonly WatchItem[]).find(({ type }) => type === 'failed');
    expect(failed).toMatchObject({ node: NODE, failure: { code: 'too-large' } });
    await expectHeld(main);
  });
});

test('the greatest reply that is read at all holds nobody up', async () => {
  // 500,000 empty processes: 1 MB that make 6.5 million values.
  const bytes = field(1, empty(2, 1_000_000));
  answer('/machine.MachineService/Processes', bytes);

  const events = await run('processes');

  expect(events.at(-1)).toMatchObject({ type: 'finished', ok: 1 });
  await expectHeld(main);
});

test('an answer to a probe is not looked into when it is large', async () => {
  let large = 0;
  answers = (path) => {
    if (path !== VERSION) return undefined;
    large += 1;
    return { messages: [field(1, empty(2, 31 * MIB))] };
  };
  expect(await main.call('endpoints.test', { context: 'raw' })).toMatchObject({ ok: true });

  expect(large).toBeGreaterThan(0);
  await expectHeld(main);
});

test.each([
  ['groups in groups', Buffer.alloc(MIB, 0x0b)],
  ['a text where a message is expected to be a number', field(1, Buffer.from([0x12, 0x04, 0x0a, 0x02, 0x41, 0x42]))],
  ['a length beyond the end', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
  ['bytes without sense', Buffer.alloc(2 * MIB, 0xff)],
])('%s fail in words', async (_what, bytes) => {
  answer('/machine.MachineService/Processes', bytes);

  const failure = failureOf(await run('processes'));

  expect(failure?.message).toBe(`The answer of ${NODE} to Processes cannot be read.`);
  await expectHeld(main);
});

test('what unpacks to more than a message may have is refused while it unpacks', async () => {
  const bomb = gzipSync(Buffer.alloc(256 * MIB));
  answers = (path) =>
    path === '/machine.MachineService/Processes' ? { messages: [bomb], encoding: 'gzip' } : undefined;

  const failure = failureOf(await run('processes'));

  expect(failure?.details).toMatch(/decompresses to a size larger/);
  await expectHeld(main);
});
