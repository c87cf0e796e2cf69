import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../main/simulator/simulator.ts';
import type {
  CellValue,
  NodesState,
  ProducerMessage,
  RowDetail,
  RunEvent,
  WatchItem,
} from '../../preload/contract/index.ts';
import { testProto } from '../fakes/open-workspace.ts';
import { expectHeld } from './support/bounds.ts';
import { StartedMain, type OpenedPort } from './support/start-main.ts';

const MEMBERS = 'Members.cluster.talos.dev';
const DEFINITIONS = 'ResourceDefinitions.meta.cosi.dev';

/** Specs that are small or large and take seconds, gigabytes or forever where they are simply parsed. */
const SPECS: readonly (readonly [what: string, yaml: string])[] = [
  ['128 KiB of commas, an error each', `       [${','.repeat(128 * 1024)}`],
  ['8 KiB of commas', `       [${','.repeat(8 * 1024 - 9)}`],
  ['a kibibyte of keys that are mappings', '- ? '.repeat(256)],
  ['aliases of aliases', aliasBomb()],
  ['a hundred thousand levels', '['.repeat(100_000)],
  ['a million addresses', `hostname: a\naddresses:\n${'- 10.5.0.2\n'.repeat(1_000_000)}`],
  ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, index) => `k${index}: 1\n`).join('')],
];

function aliasBomb(): string {
  const line = (level: number): string => `a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]\n`;
  return `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, index) => line(index + 1)).join('')}hostname: *a30\n`;
}

let simulator: Simulator;
let main: StartedMain;

beforeAll(async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 2, workers: 0, endpointCount: 1 });
  main = await StartedMain.start({ talosconfigText: simulator.talosconfig });
});

beforeEach(async () => {
  await simulator.clearFaults();
  await main.rest();
});

afterAll(async () => {
  await main[Symbol.asyncDispose]();
  await simulator.close();
});

const isNodes =
  (is: (state: NodesState) => boolean) =>
  (message: ProducerMessage): boolean =>
    message.type === 'value' && is(message.value as NodesState);

/** What is shown of the nodes after asking anew, once it is as waited for. */
async function nodes(is: (state: NodesState) => boolean = ({ status }) => status !== 'loading'): Promise<NodesState> {
  const port = main.watch('nodes.state', { context: 'sim' });
  // It may have asked before, and a watcher that comes makes it ask again.
  await main.call('nodes.refresh', { context: 'sim' });
  await main.call('nodes.refresh', { context: 'sim' });
  // What is shown may come after the answer to the call: it waits for credit.
  await port.until(isNodes(is));
  const shown = port.messages.findLast(isNodes(is));
  port.close();
  return (shown as Extract<ProducerMessage, { type: 'value' }>).value as NodesState;
}

const saying =
  (pattern: RegExp) =>
  ({ notes }: NodesState): boolean =>
    pattern.test(notes?.join(' ') ?? '');

const run = (type: string, deadlineMs = 30_000): OpenedPort =>
  main.open('run', { context: 'sim', command: 'get', params: { type }, nodes: ['cp-2'], deadlineMs });

/** All rows of a run, those that came before its answer was whole among them. */
const rowsOf = (port: OpenedPort): readonly (readonly CellValue[])[] =>
  (port.items as readonly RunEvent[]).flatMap((event) =>
    event.type === 'rows' || event.type === 'answered' ? event.rows : [],
  );

describe('what a cluster sends as a resource', () => {
  test.each(SPECS)('as a member: %s does not hold up discovery', async (_what, yaml) => {
    simulator.setNodeFault('cp-1', { kind: 'specs', yaml, type: MEMBERS });

    const state = await nodes();

    expect(state.status).toBe('ready');
    expect(state.nodes.length).toBeLessThanOrEqual(2);
    await expectHeld(main);
  });

  test.each(SPECS.slice(0, 4))('in a run: %s leaves columns empty, and says so', async (_what, yaml) => {
    simulator.setNodeFault('cp-2', { kind: 'specs', yaml, type: MEMBERS });

    const port = run('members');
    expect(await port.ended).toBeUndefined();

    expect(rowsOf(port)).toHaveLength(2);
    await expectHeld(main);
  });

  test('hundreds of members of 8 KiB each, and hundreds that cannot be read, leave the window its turns', async () => {
    const filler = Array.from({ length: 180 }, (_, index) => `key-${index}: value of some length that is read`).join(
      '\n',
    );
    simulator.setNodeFault('cp-1', { kind: 'specs', yaml: `hostname: a\n${filler}\n`, type: MEMBERS, times: 100 });
    await nodes();

    simulator.setNodeFault('cp-1', { kind: 'specs', yaml: `       [${','.repeat(8000)}`, type: MEMBERS, times: 100 });
    await main.call('nodes.refresh', { context: 'sim' });
    await expectHeld(main);
  });

  test('what is left out of the nodes is said in words', async () => {
    simulator.setNodeFault('cp-1', {
      kind: 'specs',
      yaml: `hostname: a\naddresses:\n${'  - 10.5.0.2\n'.repeat(150)}operatingSystem: ${'(v'.repeat(2000)}\n`,
      type: MEMBERS,
    });
    const cut = await nodes(saying(/addresses/));
    simulator.setNodeFault('cp-1', { kind: 'specs', yaml: `hostname: a # ${'x'.repeat(1024 * 1024)}`, type: MEMBERS });
    const leftOut = await nodes(saying(/members/));

    expect(cut.notes).toEqual(['118 addresses are left out: no machine has so many.']);
    expect(cut.nodes[0]?.os?.length).toBeLessThanOrEqual(101);
    expect(leftOut.notes?.join(' ')).toMatch(
      /^\d members are left out: reading what the cluster sent of it takes too long or too much memory\.$/,
    );
    await expectHeld(main);
  });

  test('more members than fit into a message are cut, and that is said', async () => {
    const long = 'ж'.repeat(240);
    const addresses = Array.from({ length: 4 }, (_, index) => `- ${'d'.repeat(200)}${index}`).join('\n');
    simulator.setNodeFault('cp-1', {
      kind: 'specs',
      yaml: `addresses:\n${addresses}\noperatingSystem: ${long}\n`,
      type: MEMBERS,
      times: 600,
    });

    const state = await nodes(saying(/listed/));

    expect(state.notes?.[0]).toMatch(/^Only [\d,]+ of [\d,]+ nodes are listed\.$/);
    await expectHeld(main);
  });

  test.each([SPECS[0], SPECS[2], SPECS[4]] as typeof SPECS)(
    'in a watch: %s leaves its columns empty',
    async (_what, yaml) => {
      simulator.setNodeFault('cp-2', { kind: 'specs', yaml, type: MEMBERS });
      const port = main.open('watch', { context: 'sim', nodes: ['cp-2'], type: 'members' });

      await port.until(() => (port.items as readonly WatchItem[]).some(({ type }) => type === 'complete'));

      const rows = (port.items as readonly WatchItem[]).filter(({ type }) => type === 'set');
      expect(rows).toHaveLength(2);
      port.close();
      await expectHeld(main);
    },
  );

  test('as the YAML of one: what is shown fits into a message, and is said to be cut', async () => {
    simulator.setNodeFault('cp-2', { kind: 'specs', yaml: `ж${'\n'.repeat(2 * 1024 * 1024)}`, type: MEMBERS });

    const outcome = await main.call('resources.yaml', { context: 'sim', node: 'cp-2', type: 'members', id: 'cp-1' });

    expect(outcome.ok && (outcome.value as RowDetail).parts[0]).toMatchObject({ kind: 'text', isCut: true });
    await expectHeld(main);
  });
});

describe('what a cluster sends as a definition', () => {
  const definition = (columns: string): string =>
    `type: ${MEMBERS}\ndisplayType: Member\ndefaultNamespace: cluster\nallAliases: [members]\nprintColumns:\n${columns}`;

  test.each([
    ['10,000 columns', '  - {name: a, jsonPath: "{.a}"}\n'.repeat(10_000)],
    ['columns that look everywhere', `  - {name: a, jsonPath: "{${'..a'.repeat(1000)}}"}\n`.repeat(50)],
    ['columns that visit everything', `  - {name: a, jsonPath: "{${'..*'.repeat(1000)}}"}\n`.repeat(50)],
    [
      'columns that filter again and again',
      `  - {name: a, jsonPath: "{${'..[?(@..a == @..a)]'.repeat(200)}}"}\n`.repeat(50),
    ],
    ['ranges in ranges', `  - {name: a, jsonPath: "${'{range ..*}'.repeat(200)}x${'{end}'.repeat(200)}"}\n`.repeat(50)],
  ])('%s are evaluated within bounds', async (_what, columns) => {
    const values = Array.from({ length: 180 }, (_, index) => `- a: {a: ${index}}`).join('\n');
    simulator.setNodeFault('cp-1', { kind: 'specs', yaml: definition(columns), type: DEFINITIONS });
    simulator.setNodeFault('cp-2', { kind: 'specs', yaml: `a:\n${values}\n`, type: MEMBERS, times: 50 });

    const port = run(MEMBERS);
    await port.ended;

    await expectHeld(main);
  });

  test('100,000 definitions are too many, and that is said', async () => {
    simulator.setNodeFault('cp-1', {
      kind: 'specs',
      yaml: `type: ${'x'.repeat(50)}\n`,
      type: DEFINITIONS,
      times: 2000,
    });

    simulator.setNodeFault('cp-2', {
      kind: 'specs',
      yaml: `type: ${'x'.repeat(50)}\n`,
      type: DEFINITIONS,
      times: 2000,
    });

    const types = await main.call('resources.types', { context: 'sim' });
    const failed = await run('nosuchtype').ended;

    expect(!types.ok && types.failure).toMatchObject({ code: 'too-large' });
    expect(failed?.message).toContain('this cluster sends more than Minos reads');
    await expectHeld(main);
  });
});
