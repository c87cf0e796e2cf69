import { afterEach, describe, expect, test } from 'vitest';
import { TextWorkers } from '../../../main/text-work/text-workers.ts';
import { contextContent } from '../../../main/talosconfig/talosconfig-edit.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { Secret } from '../../../main/lib/secret.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const workerFile = new URL('../../../main/text-work/text-worker.ts', import.meta.url);
const here = new TextWorkers({ workerFile: 'none', clock: systemClock, isLarge: () => false });
let workers = new TextWorkers({ workerFile, clock: systemClock, isLarge: () => true });
afterEach(async () => {
  await workers.close();
  workers = new TextWorkers({ workerFile, clock: systemClock, isLarge: () => true });
});

const FILE = `context: 010
contexts:
    010: {endpoints: [a], key: S0VZ, extra: 5, auth: {basic: {username: u, password: p}}}
    broken: null
    __proto__: {endpoints: [b]}
`;

describe('the worker answers as the code itself does', () => {
  test('parsing, with secrets that stay secrets', async () => {
    const [there, local] = [await workers.parse(FILE, '/f'), await here.parse(FILE, '/f')];

    expect(there).toEqual(local);
    expect(there.contexts.map((c) => c.name)).toEqual(['010', 'broken', '__proto__']);
    expect(there.contexts[0]?.key).toBeInstanceOf(Secret);
    expect([there.contexts[0]?.key?.reveal(), there.contexts[0]?.auth.basic?.password.reveal()]).toEqual(['S0VZ', 'p']);
  });

  test('editing, with contents that keep numbers numbers', async () => {
    const content = (await workers.contents(FILE)).get('010') ?? contextContent({});
    const edits = [
      { kind: 'add', name: '1.10', content },
      { kind: 'set-credentials', name: '010', credentials: { key: new Secret('TkVX') } },
    ] as const;

    expect(await workers.edit(FILE, edits)).toBe(await here.edit(FILE, edits));
    expect(await workers.edit(FILE, edits)).toContain('extra: 5');
  });

  test('failures keep their code and place', async () => {
    await expect(workers.parse('contexts: [\n', '/f')).rejects.toMatchObject({
      failure: { code: 'file-invalid', where: { file: '/f', line: 2 } },
    });
  });

  test('several jobs at once get their own answers', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) => workers.parse(`contexts: {${name}: {endpoints: [x]}}`)),
    );

    expect(answers.map((a) => a.contexts[0]?.name)).toEqual(['a', 'b', 'c']);
  });
});

test('closing fails what is running, and a worker that cannot start says so', async () => {
  const running = expect(workers.parse(FILE)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  await workers.close();
  await running;

  workers = new TextWorkers({ workerFile: new URL('./none.ts', workerFile), clock: systemClock, isLarge: () => true });
  await expect(workers.parse(FILE)).rejects.toMatchObject({
    failure: { code: 'internal', message: 'The part of Minos that reads large files ended unexpectedly.' },
  });
});

test('a job that takes too long is given up and leaves no timer', async () => {
  const clock = new FakeClock();
  const slow = new TextWorkers({ workerFile, clock, isLarge: () => true, timeoutMs: 1_000 });
  const running = slow.parse(FILE);

  clock.advance(1_000);

  await expect(running).rejects.toMatchObject({ failure: { code: 'too-large' } });
  expect(await slow.parse(FILE)).toEqual(await here.parse(FILE));
  await slow.close();
  expect(clock.active).toBe(0);
});
