import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { hasUnseen } from '../../main/lib/visible.ts';
import type { ExportedRun } from '../../main/operations/work/sinks/exported-run.ts';
import { runText } from '../../main/operations/work/sinks/run-text.ts';
import { rawJson } from '../../main/operations/work/sinks/raw-json.ts';
import { shellWord } from '../../main/operations/commands/kit/talosctl-line.ts';
import { StartedMain } from './support/start-main.ts';

/* Nothing from outside is printed raw: not in exports, lines to copy, logs, or what the page is told. */

const SIGNS = [
  ...['\u0000', '\u0007', '\r', '\u001b]0;owned\u0007', '\u009b31m', '\u007f', '\u200b', '\u202e', '\u2066'],
  ...['\u2028', '\u2029', '\ufeff', '\ud800', '\uffff', '\u{e0041}'],
];
const text = (sign: string): string => `a${sign}b`;

const runWith = (cell: string): ExportedRun => ({
  ...{ runId: 'r', number: 1, context: cell, contextName: cell, command: 'version', title: 'Version', nodeCount: 2 },
  ...{ talosctl: 'talosctl version', startedAtMs: 0, state: 'finished', ok: 1, failed: 1, cancelled: 0, durationMs: 1 },
  columns: [{ id: 'tag', title: cell, kind: 'text' }],
  nodes: [
    { node: cell, state: 'answered', endpoint: cell, durationMs: 1, rows: [[cell]] },
    {
      ...{ node: cell, state: 'failed', durationMs: 1 },
      failure: { code: 'timeout', message: cell, retry: 'safe', traceId: 't' },
    },
  ],
});
/** Every field of a CSV text, without its quotes. */
const csvFields = (csv: string): string[] =>
  [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)].map((match) => match[1] ?? match[2] ?? '');
const withoutEnds = (output: string): string => output.replaceAll(/\r?\n/g, '');

test.each(SIGNS)('%j acts in no export, and JSON and YAML read back as they were', async (sign) => {
  const cell = text(sign);
  const run = runWith(cell);
  const [csv, json, yaml, table] = [
    await runText(run, 'csv'),
    await runText(run, 'json'),
    await runText(run, 'yaml'),
    await runText(run, 'table'),
  ];

  for (const output of [csv, json, yaml, table]) expect(hasUnseen(withoutEnds(output))).toBe(false);
  expect((JSON.parse(json) as { results: { node: string }[] }).results[0]?.node).toBe(cell);
  if (sign !== '\ud800') expect((parseYaml(yaml) as { results: { node: string }[] }).results[0]?.node).toBe(cell);
  const raw = rawJson({ cell }).json;
  expect(hasUnseen(withoutEnds(raw))).toBe(false);
  expect(JSON.parse(raw)).toEqual({ cell });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
  'a spreadsheet does not run %j, in a cell, a header, a node or a failure',
  async (cell) => {
    const fields = csvFields(await runText(runWith(cell), 'csv'));

    expect(fields.length).toBeGreaterThan(6);
    for (const field of fields) expect(field).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
  },
);

test.each(['\u001b[31m', '\u202e', '\u{e0041}', "'\u0007\\", '\n', '$(id)', '`id`', 'a b', "'"])(
  'a line to copy holds %j so that a shell reads that word and a terminal nothing',
  (word) => {
    const quoted = shellWord(word);

    expect(hasUnseen(quoted)).toBe(false);
    const shell = spawnSync('bash', ['-c', `printf %s ${quoted}`], { env: { LC_ALL: 'C.UTF-8' }, encoding: 'utf8' });
    expect(shell.stdout).toBe(word);
  },
);

test('names and passwords of a hostile talosconfig reach neither the log nor the page as they are', async () => {
  const name = '"\\e]0;owned\\a\\u202E"';
  const proxies = [
    'http://u:hunter2@h:1',
    'http://u:hun:ter2@@h',
    'u:hunter2@h',
    'socks5://h/?p=hunter2',
    'http://u%zz:hunter2@h',
  ];
  const contexts = proxies.map(
    (proxy, at) => `  c${at}:\n    endpoints: [127.0.0.1]\n    proxy-url: ${JSON.stringify(proxy)}\n`,
  );
  const talosconfigText = `context: c0\ncontexts:\n  ${name}:\n    endpoints: []\n${contexts.join('')}`;
  await using main = await StartedMain.start({ talosconfigText });

  const state = JSON.stringify(await main.watch('config.state').until((message) => message.type === 'value'));
  const asked = await main.call('runs.parseTalosctl', { line: 'talosctl \u001b[31m\u202e' });

  expect(state).toContain('proxyUrl');
  expect(state + main.stderr).not.toMatch(/hunter2|ter2/);
  expect(asked.ok).toBe(false);
  if (!asked.ok) expect(hasUnseen(asked.failure.message + (asked.failure.hint ?? ''))).toBe(false);
  expect(hasUnseen(main.stderr.replaceAll('\n', ''))).toBe(false);
});
