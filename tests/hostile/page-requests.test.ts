import { expect, test } from 'vitest';
import { startSimulator } from '../../main/simulator/simulator.ts';
import { testProto } from '../fakes/open-workspace.ts';
import { expectHeld } from './support/bounds.ts';
import { StartedMain } from './support/start-main.ts';

/*
 * What a page may ask of main: values come as structured clones, as Electron's own channel brings them. Whatever it asks,
 * the answer is short and comes at once.
 */

const holes = new Array(10_000_000);
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const widely = (): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < 8; level += 1) value = [value, value, value, value, value, value, value, value];
  return value;
};

const VALUES: readonly (readonly [string, unknown])[] = [
  ['a list with ten million holes', holes],
  ['such a list in a field', { context: holes }],
  ['many empty texts', Array.from({ length: 200_000 }, () => '')],
  ['a long text', 'x'.repeat(4_000_000)],
  ['a map', new Map([['name', 'x']])],
  ['a set', new Set(['x'])],
  ['an error', Object.assign(new Error('x'), { name: 'x' })],
  ['a date', new Date(0)],
  ['a pattern', /(a+)+$/],
  ['a big number', 10n ** 1000n],
  ['many bytes', new Uint8Array(8_000_000)],
  ['numbers as bytes', { name: new Float64Array(1000) }],
  ['a deep value', deep(500)],
  ['a value that is part of itself', cyclic],
  ['a value that is shared eight times over at each of eight levels', widely()],
  ['nothing', undefined],
];

const refusedCode = (outcome: { readonly ok: boolean; readonly failure?: { readonly code: string } }): string =>
  outcome.failure?.code ?? 'answered';

test('whatever a call, a topic, a stream or a drop is asked with, the refusal is cheap and typed', async () => {
  await using main = await StartedMain.start();
  await main.rest();

  for (const [what, value] of VALUES) {
    const codes = [
      refusedCode(await main.call('contexts.select', value)),
      refusedCode(await main.dropped(value)),
      (await main.watch('pool.state', value).ended)?.code,
      (await main.open('run', value).ended)?.code,
    ];
    expect(
      codes.every((code) => code === 'invalid' || code === 'too-large'),
      `${what}: ${codes.join(', ')}`,
    ).toBe(true);
    main.cancel(value);
    main.watch('runs.history').say(value);
  }

  await expectHeld(main);
  expect(main.stderr).not.toContain(' error ');
});

test('names and lists at the edge of their bounds are refused or taken without effort', async () => {
  await using main = await StartedMain.start();
  await main.rest();
  const long = 'x'.repeat(6000);
  const many = (count: number, each: unknown): unknown[] => Array.from({ length: count }, () => each);

  const outcomes = [
    await main.call('x'.repeat(3_000_000)),
    await main.call('contexts.setEndpoints', { context: long, endpoints: many(1000, 'e'.repeat(1000)) }),
    await main.call('kubeconfig.previewRemoval', { contexts: many(1000, { file: 'f'.repeat(64), name: 'n' }) }),
    await main.call('nodes.resolve', { context: 'x', text: '!'.repeat(4096) }),
    await main.call('runs.parseTalosctl', { line: '\\'.repeat(65_536) }),
    await main.call('kubeconfig.fetch', { contexts: many(100, 'nobody') }),
  ];

  expect(outcomes.map(refusedCode)).not.toContain('internal');
  await expectHeld(main);
});

test('runs that a page starts and never reads have a bound, in number and in memory, and end with the page', async () => {
  const simulator = await startSimulator({ proto: testProto() });
  try {
    await using main = await StartedMain.start({ talosconfigText: simulator.talosconfig });
    const nodes = simulator.nodes.map(({ name }) => name);
    const params = { context: 'sim', command: 'processes', params: {}, nodes, deadlineMs: 20_000 };
    // What is loaded for the first call of all is no part of this.
    await main.open('run', { ...params, command: 'version' }).ended;
    await main.rest();

    const runs = Array.from({ length: 300 }, () => main.open('run', params, 0));
    const refused = await Promise.all(runs.slice(16).map(({ ended }) => ended));

    expect(new Set(refused.map((failure) => failure?.code))).toEqual(new Set(['busy']));
    expect((await main.strain()).openPorts).toBe(16);
    await expectHeld(main);
    main.pageIsGone();
    expect((await main.strain()).openPorts).toBe(0);
    // The next page starts with nothing taken.
    expect(await main.open('run', { ...params, command: 'version' }).ended).toBeUndefined();
  } finally {
    await simulator.close();
  }
});

test('a second dialog of the system is refused while one is open, and so is what asks for one later', async () => {
  await using main = await StartedMain.start({ dialogsStay: true });
  void main.call('import.choose').catch(() => undefined);

  const codes = [
    refusedCode(await main.call('talosconfigs.open')),
    refusedCode(await main.call('kubeconfig.choose', { kind: 'file' })),
    refusedCode(await main.call('contexts.add', { name: 'x', endpoints: [], nodes: [], withFiles: true })),
  ];

  expect(codes).toEqual(['busy', 'busy', 'busy']);
  await expectHeld(main);
});
