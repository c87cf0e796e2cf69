import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../preload/contract/index.ts';
import { nodeOf, NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { endpoint, pool } from '../health/situations.ts';
import { makeBox } from '../../../../main/operations/blackbox/make-box.ts';
import { failure } from '../../../../main/lib/failed.ts';
import { readBlackBox } from '../../../../main/text-work/read-black-box.ts';
import { openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench;
let folder: string;

beforeEach(async () => {
  bench = await openBench();
  folder = mkdtempSync(join(tmpdir(), 'minos-box-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  expect(await bench.close()).toBe(0);
});

async function measured(): Promise<void> {
  const stop = new AbortController();
  const wish = { context: 'sim', nodes: ['cp-1'], everyMs: 1000 as const };
  for await (const item of bench.workspace.samples.stream(wish, stop.signal)) if (item.type === 'samples') stop.abort();
}

/** Of a window that stays. */
const OPEN = new AbortController().signal;

describe('a black box', () => {
  it('has what was known, is readable by its owner alone, and is shown again without asking anybody', async () => {
    await measured();
    bench.workspace.timelines.of('sim').add({
      ...{ kind: 'node', subject: 'cp-1', severity: 'bad', title: 'cp-1 is not reached', atMs: Date.now() },
      detail: 'Bearer abcdefghijklmnop was refused',
    });
    const path = join(folder, 'box.json');

    expect(await bench.workspace.blackBoxes.save('sim', () => Promise.resolve(path))).toEqual({
      isSaved: true,
      name: 'box.json',
    });

    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('abcdefghijklmnop');
    expect(text).not.toContain('BEGIN');
    const asked = bench.simulator.calls.length;
    const head = await bench.workspace.blackBoxes.open(path, 1, OPEN);
    expect(head).toMatchObject({ file: 'box.json', cluster: 'sim' });
    const items = [...bench.workspace.blackBoxes.contents(head.id)];
    expect(items.find(({ type }) => type === 'timeline')).toMatchObject({
      entries: [{ title: 'cp-1 is not reached' }],
    });
    const samples = items.find((item) => item.type === 'samples');
    expect(samples).toMatchObject({ node: 'cp-1' });
    expect(samples?.type === 'samples' && samples.samples[0]?.values[8]).toBeGreaterThan(0);
    expect(bench.simulator.calls.length).toBe(asked);

    // Another window opens its own; the first one's stays until that is closed.
    const other = await bench.workspace.blackBoxes.open(path, 2, OPEN);
    bench.workspace.blackBoxes.leave(2);
    expect(() => [...bench.workspace.blackBoxes.contents(other.id)]).toThrow('This black box is no longer open.');
    expect([...bench.workspace.blackBoxes.contents(head.id)]).toEqual(items);

    // One that is closed while the file is read keeps none.
    await expect(bench.workspace.blackBoxes.open(path, 1, AbortSignal.abort())).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect([...bench.workspace.blackBoxes.contents(head.id)]).toEqual(items);
  });

  it('has no secret in whatever a node or an endpoint says, wherever it stands', async () => {
    const secrets = [
      '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBkg\n-----END EC PRIVATE KEY-----',
      `crt: LS0tLS1CRUdJTi${'QUJD'.repeat(10)}`,
      'Authorization: Bearer abcdefghijklmnop',
      'https://ada:hunter2hunter2@proxy.example:3128',
      'join with abc123.0123456789abcdef',
      'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl',
      'machine.aescbcEncryptionSecret: "z01mye6j16bspJYtTB/5SFX8j7Ph4JXxM2Xuu4vsBPM="',
      '/v1?token=s3cr3t-s3cr3t&x=1',
    ];
    const said = secrets.join(' ');
    const failed = failure({ code: 'internal', message: said });
    const happening = {
      kind: 'node',
      subject: said,
      severity: 'bad',
      title: said,
      detail: said,
      atMs: NOW_MS,
    } as const;
    const item = {
      severity: 'notice',
      title: said,
      detail: said,
      sinceMs: NOW_MS,
      seenAtMs: NOW_MS,
      id: 'a',
      kind: 'config',
    } as const;

    const text = JSON.stringify(
      makeBox({
        ...{ nowMs: NOW_MS, version: '0.1.0', name: said, samples: [] },
        nodes: { context: 'sim', status: 'ready', nodes: [nodeOf('10.5.0.2', { hostname: said })] },
        pool: pool(endpoint('cp-1', { failures: [{ atMs: NOW_MS, failure: failed }] })),
        attention: { context: 'sim', items: [item], unknown: [], isNotifying: false, atMs: NOW_MS },
        timeline: [{ ...happening, number: 1 }],
        runs: [
          {
            ...{ title: said, number: 1, failed: 0, nodeCount: 1, startedAtMs: NOW_MS, failure: failed },
          } as unknown as RunSummary,
        ],
      }),
    );

    const shown = text.match(/MHcCAQEE|QUJDQUJD|abcdefghijklmnop|hunter2|0123456789abcdef|c2lnbmF0|z01mye6j|s3cr3t/g);
    expect(shown).toBeNull();
    // What is no secret is still there.
    expect(text).toContain('join with');
    expect(text).toContain('proxy.example');
  });

  it('of anything else is refused with the reason, whatever its form', async () => {
    const path = join(folder, 'other.json');
    const refuse = async (text: string): Promise<unknown> => {
      writeFileSync(path, text);
      return bench.workspace.blackBoxes.open(path, 1, OPEN).catch((error: unknown) => error);
    };

    for (const [text, why] of [
      ['nonsense', /not JSON/],
      ['['.repeat(200_000), /not JSON/],
      ['{"format":"minos-black-box","version":2}', /another version/],
      ['{"format":"other"}', /no black box/],
      ['null', /no black box/],
    ] as const) {
      expect(await refuse(text)).toMatchObject({
        failure: { code: 'invalid', message: expect.stringMatching(why) as string },
      });
    }
    expect(() => bench.workspace.blackBoxes.contents('another').next()).toThrow('no longer open');
  });
});

it('what a black box says is neutral when it is read', () => {
  const box = {
    ...{
      format: 'minos-black-box',
      version: 1,
      madeAtMs: 5,
      minos: '0.1.0',
      cluster: 'a\u202eb',
      nodes: [],
      timeline: [],
    },
    ...{ failures: [], metrics: [], samples: [], extra: { dial: 'https://evil' } },
    attention: [
      {
        severity: 'notice',
        title: '\u001b[31m',
        detail: failure({ code: 'internal', message: 'x' }).message,
        sinceMs: 1,
      },
    ],
  };

  const read = readBlackBox(JSON.stringify(box));

  expect(read.cluster).toBe('a\\u202eb');
  expect(read.attention[0]?.title).toBe('\\u001b[31m');
  expect(read).not.toHaveProperty('extra');
});
