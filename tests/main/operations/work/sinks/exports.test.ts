import { parse as parseYaml } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { ExportedRun } from '../../../../../main/operations/work/sinks/exported-run.ts';
import { runText } from '../../../../../main/operations/work/sinks/run-text.ts';
import { failure } from '../../../../../main/lib/failed.ts';

const RUN: ExportedRun = {
  ...{
    runId: 'r1',
    number: 1,
    context: '/x/config#prod',
    contextName: 'prod',
    command: 'x',
    title: 'X',
    nodeCount: 3,
    talosctl: 'talosctl -n a,b,c x',
  },
  ...{
    startedAtMs: Date.UTC(2026, 2, 3, 14, 2, 11),
    state: 'finished',
    ok: 2,
    failed: 1,
    cancelled: 0,
    durationMs: 310,
  },
  columns: [
    { id: 'name', title: 'NAME', kind: 'text' },
    { id: 'size', title: 'SIZE', kind: 'bytes' },
    { id: 'free', title: 'FREE', kind: 'number', unit: 'MiB' },
    { id: 'share', title: 'USED', kind: 'percent' },
    { id: 'at', title: 'AT', kind: 'time' },
    { id: 'up', title: 'UP', kind: 'duration' },
    { id: 'ppid', title: 'PPID', kind: 'number', isExtra: true },
  ],
  nodes: [
    {
      ...{ node: 'a', state: 'answered', endpoint: 'cp-1', durationMs: 12.345 },
      rows: [
        ['plain', 1024, 5, 0.256, 1_700_000_000_000, 1500, 1],
        ['=cmd|calc', '18446744073709551615', -3, null, null, null, null],
      ],
    },
    {
      ...{ node: 'b', state: 'answered', endpoint: 'cp-2', durationMs: 1 },
      rows: [['he said "no",\nand\tleft\u001b[31m', 0, 0, 1, null, 0, 2]],
    },
    {
      ...{ node: 'c', state: 'failed', durationMs: 3000 },
      failure: failure({ code: 'unreachable', message: 'c cannot be reached.' }),
    },
  ],
};

describe('computed numbers', () => {
  const noisy: ExportedRun = {
    ...RUN,
    nodes: [
      {
        ...{ node: 'a', state: 'answered', endpoint: 'cp-1', durationMs: 0.1 + 0.2 },
        rows: [['plain', 0.1 + 0.2, 1.1 * 3, 0.07, null, 0.07 * 1000, 9_007_199_254_740_991]],
      },
    ],
  };

  it.each(['csv', 'json', 'yaml', 'table'] as const)('carry no noise into %s', async (format) => {
    const text = await runText(noisy, format);

    expect(text).not.toMatch(/\d\.\d*(0000000|9999999)/);
    for (const number of ['0.3', '3.3', '70']) expect(text).toContain(number);
    if (format !== 'table') expect(text).toContain('9007199254740991');
  });
});

describe('a run as CSV', () => {
  it('has units in the header, quotes what must be, defuses formulas and says which node failed', async () => {
    expect(await runText(RUN, 'csv')).toBe(
      [
        'NODE,NAME,SIZE (bytes),FREE (MiB),USED (%),AT,UP (ms),PPID,ERROR',
        'a,plain,1024,5,25.6,2023-11-14T22:13:20.000Z,1500,1,',
        "a,'=cmd|calc,18446744073709551615,-3,,,,,",
        'b,"he said ""no"",\nand\tleft\\u001b[31m",0,0,100,,0,2,',
        'c,,,,,,,,c cannot be reached.',
        '',
      ].join('\r\n'),
    );
  });
});

describe.each(['json', 'yaml'] as const)('a run as %s', (format) => {
  it('reads back as what was asked, each row under its headers, and each failure', async () => {
    const text = await runText(RUN, format);
    const document: unknown = format === 'json' ? JSON.parse(text) : parseYaml(text, { strict: true, version: '1.2' });

    expect(document).toEqual({
      ...{ command: 'X', context: 'prod', talosctl: 'talosctl -n a,b,c x', startedAt: '2026-03-03T14:02:11.000Z' },
      ...{ state: 'finished', nodes: 3, ok: 2, failed: 1, cancelled: 0 },
      results: [
        {
          ...{ node: 'a', endpoint: 'cp-1', durationMs: 12.3, error: null },
          rows: [
            {
              NAME: 'plain',
              'SIZE (bytes)': 1024,
              'FREE (MiB)': 5,
              'USED (%)': 25.6,
              AT: '2023-11-14T22:13:20.000Z',
              'UP (ms)': 1500,
              PPID: 1,
            },
            {
              NAME: '=cmd|calc',
              'SIZE (bytes)': '18446744073709551615',
              'FREE (MiB)': -3,
              'USED (%)': null,
              AT: null,
              'UP (ms)': null,
              PPID: null,
            },
          ],
        },
        {
          ...{ node: 'b', endpoint: 'cp-2', durationMs: 1, error: null },
          rows: [
            {
              NAME: 'he said "no",\nand\tleft\u001b[31m',
              'SIZE (bytes)': 0,
              'FREE (MiB)': 0,
              'USED (%)': 100,
              AT: null,
              'UP (ms)': 0,
              PPID: 2,
            },
          ],
        },
        {
          ...{ node: 'c', endpoint: null, durationMs: 3000, rows: [] },
          error: { code: 'unreachable', message: 'c cannot be reached.' },
        },
      ],
    });
  });

  it('keeps texts that would be something else, and whatever a node can send', async () => {
    const strange = [
      'no',
      '1e3',
      '~',
      '<<',
      '- a',
      '{a: b}',
      'a: b',
      '\u0085\u2028\ufeff\u0000',
      '\ud800',
      '__proto__',
      '',
    ];
    const rows = strange.map((text) => [text]);
    const run: ExportedRun = {
      ...RUN,
      columns: [{ id: 'a', title: '__proto__: *', kind: 'text' }],
      nodes: [{ node: 'yes', state: 'answered', endpoint: 'null', durationMs: 0, rows }],
    };
    const text = await runText(run, format);
    const document = (format === 'json' ? JSON.parse(text) : parseYaml(text)) as {
      results: { node: string; rows: object[] }[];
    };

    expect(document.results[0]?.node).toBe('yes');
    expect(document.results[0]?.rows.map((row) => Object.values(row)[0] as unknown)).toEqual(strange);
  });

  it('is a document without nodes too', async () => {
    const text = await runText({ ...RUN, nodes: [] }, format);

    expect(format === 'json' ? JSON.parse(text) : parseYaml(text)).toMatchObject({ results: [] });
  });
});

describe('a run as a table', () => {
  it('is aligned, with talosctl columns only, harmless to a terminal, failures below', async () => {
    const lines = (await runText(RUN, 'table')).split('\n');

    const [header = '', first = '', , last = ''] = lines;
    expect(header.split(/ {3,}/)).toEqual(['NODE', 'NAME', 'SIZE (bytes)', 'FREE (MiB)', 'USED (%)', 'AT', 'UP (ms)']);
    expect(first.indexOf('1024')).toBe(header.indexOf('SIZE'));
    expect(last.indexOf('100')).toBe(header.indexOf('USED'));
    expect(lines[3]).toContain('he said "no",\\u000aand\\u0009left\\u001b[31m   0');
    expect(lines[4]).toBe('error from node c: c cannot be reached.');
    expect(lines).toHaveLength(6);
  });
});

describe('a run to copy', () => {
  it('is refused when it is too large', async () => {
    const rows = Array.from({ length: 1000 }, () => ['x'.repeat(1100)]);
    const nodes = [{ node: 'a', state: 'answered', endpoint: 'e', durationMs: 1, rows } as const];

    await expect(runText({ ...RUN, nodes }, 'csv')).rejects.toMatchObject({ failure: { code: 'too-large' } });
  });
});
