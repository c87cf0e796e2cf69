import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_SETTINGS } from '../../main/files/settings.ts';
import type { ContextSummary, ImportPreview, TalosconfigState } from '../../preload/contract/index.ts';
import { joinParts } from '../../renderer/lib/join-parts.ts';
import { temporaryHome } from '../../scripts/temporary-home.ts';
import { expectHeld } from './support/bounds.ts';
import { StartedMain, type OpenedPort } from './support/start-main.ts';

const GOOD = 'context: good\ncontexts:\n  good: {endpoints: [127.0.0.2]}\n';

/** 739 kB that stand for 5 GB. */
const ALIAS_BOMB = `context: a\nb: &b {endpoints: [1.1.1.1], ca: ${'A'.repeat(100_000)}}\ncontexts:\n${Array.from(
  { length: 50_000 },
  (_, index) => `  c${index}: *b\n`,
).join('')}`;

/** The newest whole value of a topic. */
function newest(port: OpenedPort): unknown {
  const join = joinParts();
  let value: unknown;
  for (const sent of port.messages) {
    const message = join(sent);
    if (message?.type === 'value') value = message.value;
  }
  return value;
}
const state = (port: OpenedPort): TalosconfigState => newest(port) as TalosconfigState;
const named = (port: OpenedPort, name: string): ContextSummary | undefined =>
  state(port).contexts.find((context) => context.name === name);

test('main without anything hostile stays within the bounds that the attacks are held to', async () => {
  await using main = await StartedMain.start();
  await main.rest();

  await expectHeld(main);

  expect(await main.close()).toBe(0);
});

test('the app starts with an alias bomb as the talosconfig and says what is wrong and where', async () => {
  await using main = await StartedMain.start({ talosconfigText: ALIAS_BOMB });
  const port = main.watch('config.state');
  await expect.poll(() => state(port).status).toBe('unreadable');

  expect(state(port).failure).toMatchObject({
    code: 'file-invalid',
    message: expect.stringMatching(
      /^Line \d+, column \d+: what the aliases \(\*name\) up to here stand for is more than 32 MB/,
    ) as string,
    where: { file: join(main.home, 'config') },
  });
  await expectHeld(main);
});

test('the app starts with a bomb that is remembered in the settings, and the good file beside it works', async () => {
  const elsewhere = temporaryHome();
  try {
    const [bomb, good] = [join(elsewhere.path, 'bomb'), join(elsewhere.path, 'good')];
    writeFileSync(bomb, ALIAS_BOMB);
    writeFileSync(good, GOOD);
    const settings = JSON.stringify({ ...NO_SETTINGS, talosconfigs: [bomb, good] });
    await using main = await StartedMain.start({
      talosconfigText: GOOD,
      files: { 'user-data/settings.json': settings },
    });
    const port = main.watch('config.state');
    const statuses = (): unknown => state(port).files.map(({ status }) => status);
    await expect.poll(statuses, { timeout: 20_000 }).toEqual(['ready', 'unreadable', 'ready']);

    expect(state(port).contexts.map(({ id }) => id)).toEqual(['good', `${good}#good`]);
    expect(state(port).files[1]?.failure?.message).toContain('aliases');
    expect(state(port).selected).toBe('good');
    await expectHeld(main);
  } finally {
    elsewhere.remove();
  }
});

test.each<[string, string, string]>([
  [
    'aliases of aliases',
    `x0: &x0 [a,a]\n${Array.from({ length: 60 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i},*x${i}]\n`).join('')}contexts: {}\n`,
    'aliases',
  ],
  [
    'an anchor that grows as it is redefined',
    `contexts:\n${Array.from({ length: 60 }, (_, i) => `  c${i}: &x [${i === 0 ? 'a' : '*x,*x'}]\n`).join('')}`,
    '',
  ],
  ['an alias of itself', 'contexts: &x {a: {endpoints: *x}}\n', ''],
  ['commas', `contexts: {a: {endpoints: [${','.repeat(3_000_000)}]}}\n`, 'more than 2,000,000'],
  ['errors in one line', `       [${','.repeat(65_000)}`, ''],
])('a talosconfig of %s is read or refused in no time', async (_what, text, refusal) => {
  await using main = await StartedMain.start({ talosconfigText: text });
  const port = main.watch('config.state');
  await expect
    .poll(() => state(port).status, { timeout: 20_000 })
    .toMatch(refusal === '' ? /ready|unreadable/ : 'unreadable');

  expect(state(port).failure?.message ?? '').toContain(refusal);
  await expectHeld(main);
});

test('very many contexts reach the page in messages that are small', async () => {
  const contexts = Array.from(
    { length: 10_000 },
    (_, i) => `  c${i}: {endpoints: [10.0.0.${i % 250}], nodes: [a, b]}\n`,
  );
  await using main = await StartedMain.start({ talosconfigText: `contexts:\n${contexts.join('')}` });
  const port = main.watch('config.state');
  await expect.poll(() => state(port).contexts.length, { timeout: 20_000 }).toBe(10_000);

  expect(main.largestBytes).toBeGreaterThan(100_000);
  await expectHeld(main);
});

test('an authority of thousands of certificates neither holds main up nor is used unchecked', async () => {
  const ca = Buffer.from('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'.repeat(6_000)).toString(
    'base64',
  );
  const context = (i: number): string => `  c${i}: {endpoints: [127.0.0.2], ca: ${ca}${'AAAA'.repeat(i)}}\n`;
  await using main = await StartedMain.start({
    talosconfigText: `contexts:\n${Array.from({ length: 20 }, (_, i) => context(i)).join('')}  huge: {endpoints: [a], ca: ${'A'.repeat(600_000)}}\n`,
  });
  const port = main.watch('config.state');
  await expect.poll(() => state(port).contexts.length, { timeout: 20_000 }).toBe(21);

  expect(state(port).contexts.filter(({ isUsable }) => isUsable)).toEqual([]);
  expect(named(port, 'huge')?.problems.map(({ message }) => message)).toContain(
    '“ca” is longer than 524,288 characters.',
  );
  await expectHeld(main);
});

test('a kubeconfig whose contexts all name one enormous user stays what it is', async () => {
  const contexts = Array.from({ length: 5_000 }, (_, i) => `- {name: c${i}, context: {cluster: a, user: u}}\n`).join(
    '',
  );
  const text = `clusters:\n- {name: a, cluster: {server: https://127.0.0.2:6443}}\nusers:\n- {name: u, user: {client-certificate-data: ${'A'.repeat(400_000)}}}\ncontexts:\n${contexts}`;
  await using main = await StartedMain.start({ talosconfigText: GOOD, files: { '.kube/config': text } });
  const port = main.watch('kubeconfig.state');
  const read = (): { contexts: readonly unknown[] } => newest(port) as { contexts: readonly unknown[] };
  await expect.poll(() => read().contexts.length, { timeout: 20_000 }).toBe(5_000);

  await expectHeld(main);
});

test('a dropped folder of many files is read so far, and what was left out is said', async () => {
  await using main = await StartedMain.start({ talosconfigText: GOOD });
  const folder = join(main.home, 'dropped');
  for (let i = 0; i < 300; i++) {
    mkdirSync(join(folder, `f${i}`), { recursive: true });
    writeFileSync(join(folder, `f${i}`, 'talosconfig'), `contexts: {c${i}: {endpoints: [a]}}\n`);
  }
  const token = await main.drop(folder);
  const answer = await main.call('import.fromDrop', { token });

  expect(answer).toMatchObject({ ok: true });
  const { rows, failures } = (answer as { value: ImportPreview }).value;
  expect([rows.length, failures.map(({ message }) => message.split(';')[0])]).toEqual([
    200,
    ['200 talosconfigs were read'],
  ]);
  await expectHeld(main);
});
