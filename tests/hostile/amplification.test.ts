import { testProto } from '../fakes/open-workspace.ts';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { RawAnswer as RawJson, RowDetail, RunEvent, WatchItem } from '../../preload/contract/index.ts';
import { expectHeld, MAX_MESSAGE_BYTES } from './support/bounds.ts';
import { RawCluster, replyBytes, type RawAnswers } from './support/raw-cluster.ts';
import { StartedMain } from './support/start-main.ts';

/* What is some megabytes on the wire must not be many times that on its way to the page. */

const LIST = '/cosi.resource.State/List';
const LIST_METHOD = testProto().method(LIST);
const MIB = 1024 * 1024;
const NODES = ['10.0.0.1', '10.0.0.2'];

const resource = (id: string, yaml: string): Buffer =>
  replyBytes(LIST, {
    resource: { metadata: { namespace: 'default', id, version: '1' }, spec: { yaml_spec: yaml } },
  });

/** A type whose fifty columns all show the same field. */
const WIDE = resource(
  'things.example.dev',
  [
    'type: Things.example.dev',
    'displayType: Thing',
    'defaultNamespace: default',
    'allAliases: [things]',
    'printColumns:',
    ...Array.from({ length: 50 }, (_, index) => `  - {name: C${index}, jsonPath: '{.a}'}`),
    '',
  ].join('\n'),
);

let things: () => Iterable<Buffer> = () => [];
let cluster: RawCluster;
let main: StartedMain;

beforeAll(async () => {
  const answers: RawAnswers = (path) => {
    if (path === '/cosi.resource.State/Get') return { messages: [...things()].slice(0, 1) };
    if (path === '/cosi.resource.State/Watch') return { messages: watched() };
    if (path !== LIST) return undefined;
    // The definitions are asked for first, then each node's own.
    asked += 1;
    return { messages: asked === 1 ? [WIDE] : things() };
  };
  cluster = await RawCluster.start(answers);
  main = await StartedMain.start({ talosconfigText: cluster.talosconfig });
  return async () => {
    await main[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  };
});
let asked = 0;
beforeEach(async () => {
  asked = 0;
  main.largestBytes = 0;
  main.totalBytes = 0;
  await main.rest();
});

function* watched(): Generator<Buffer> {
  for (const bytes of things()) {
    const { resource: one } = decode(bytes);
    yield replyBytes('/cosi.resource.State/Watch', { event: [{ event_type: 'CREATED', resource: one }] });
  }
}

const decode = (bytes: Buffer): { resource: object } => LIST_METHOD.responseDeserialize(bytes) as { resource: object };

async function run(nodes: readonly string[] = NODES.slice(0, 1)): Promise<readonly RunEvent[]> {
  const input = { context: 'raw', command: 'get', params: { type: 'things' }, nodes, deadlineMs: 60_000 };
  const opened = main.open('run', input);
  expect(await opened.ended).toBeUndefined();
  return opened.items as readonly RunEvent[];
}

const rowsOf = (events: readonly RunEvent[]) => events.flatMap((event) => ('rows' in event ? event.rows : []));
const notesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'answered' ? (event.notes ?? []) : []));
const idOf = (events: readonly RunEvent[]) => (events[0]?.type === 'started' ? events[0].runId : '');

test('fifty columns of one long field stay as large as a row may be, and it is said', async () => {
  things = () => Array.from({ length: 60 }, (_, index) => resource(`thing-${index}`, `a: ${'x'.repeat(100_000)}\n`));

  const events = await run();

  expect(rowsOf(events)).toHaveLength(60);
  expect(notesOf(events).join(' ')).toMatch(/60 cells were longer .* and cut/);
  // What no longer fits is not missing: it is marked as cut.
  expect(rowsOf(events).every((row) => row.filter((cell) => cell === '…').length === 49)).toBe(true);
  expect(main.totalBytes).toBeLessThan(12 * MIB);
  const replay = main.open('replay', { runId: idOf(events) });
  expect(await replay.ended).toBeUndefined();
  expect(rowsOf(replay.items as readonly RunEvent[])).toHaveLength(60);
  await expectHeld(main);
});

test('a list of large messages ends where it is too large, and it is said', async () => {
  function* large(): Generator<Buffer> {
    const yaml = `a: ${'x'.repeat(4 * MIB)}\n`;
    for (let index = 0; index < 12; index += 1) yield resource(`thing-${index}`, yaml);
  }
  things = large;

  const events = await run(NODES);

  expect(events.at(-1)).toMatchObject({ type: 'finished', ok: NODES.length });
  expect(rowsOf(events).length).toBeLessThan(10 * NODES.length);
  expect(notesOf(events)[0]).toMatch(/had more, and all together are too large/);
  await expectHeld(main);
});

test('a raw message and a detail are cut to what a message may have, also in signs of two bytes', async () => {
  things = () => [resource('thing', `a: ${'中'.repeat(2 * MIB)}\n`)];
  const events = await run();
  const runId = idOf(events);

  const raw = await main.call('runs.raw', { runId, node: NODES[0] });
  const detail = await main.call('runs.detail', { runId, node: NODES[0], row: 0 });

  expect(raw.ok && (raw.value as RawJson).isCut).toBe(true);
  expect(detail.ok && (detail.value as RowDetail).parts[0]).toMatchObject({ kind: 'text', isCut: true });
  expect(main.largestBytes).toBeGreaterThan(MAX_MESSAGE_BYTES / 2);
  await expectHeld(main);
});

test('a result that is too large to copy fails in words', async () => {
  things = () => Array.from({ length: 600 }, (_, index) => resource(`thing-${index}`, `a: ${'x'.repeat(300)}\n`));
  const runId = idOf(await run());

  const text = await main.call('runs.text', { runId, format: 'json' });

  expect(text).toMatchObject({ ok: false, failure: { code: 'too-large', hint: 'Save it as a file.' } });
  await expectHeld(main);
});

test('a watch whose page does not read stops reading the node', async () => {
  let sent = 0;
  function* endless(): Generator<Buffer> {
    const yaml = `a: ${'x'.repeat(20_000)}\n`;
    for (; sent < 20_000; sent += 1) yield resource(`thing-${sent}`, yaml);
  }
  things = endless;
  const opened = main.open('watch', { context: 'raw', nodes: [NODES[0]], type: 'things' }, 8);

  await opened.until(
    (message) => message.type === 'batch' && (message.items as WatchItem[]).some(({ type }) => type === 'set'),
  );
  await expectHeld(main);
  opened.close();

  expect(sent).toBeLessThan(5000);
});

test('names of nodes that are too long together are refused before anything is asked', async () => {
  const nodes = Array.from({ length: 3000 }, (_, index) => `${index}-${'n'.repeat(200)}`);
  const opened = main.open('run', { context: 'raw', command: 'version', params: {}, nodes, deadlineMs: 1000 });

  expect(await opened.ended).toMatchObject({ code: 'too-large' });
  await expectHeld(main);
});
