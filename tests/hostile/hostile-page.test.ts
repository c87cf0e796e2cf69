import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mintAuthority } from '../../main/credentials/mint.ts';
import type { ChangeSummary, ImportPlan, ImportPreview, WrittenChange } from '../../preload/contract/index.ts';
import { expectHeld } from './support/bounds.ts';
import { StartedMain } from './support/start-main.ts';

/** A script in our page calls the bridge at will; the user refuses whatever Minos asks, unless a test says otherwise. */

const base64 = (text: string): string => Buffer.from(text).toString('base64');
let bodies: readonly string[] = [];
beforeAll(async () => {
  const authority = await mintAuthority('victim');
  bodies = await Promise.all(
    Array.from({ length: 4 }, async (_, n) => {
      const leaf = await authority.issue({
        commonName: `me-${n}`,
        organizations: ['os:admin'],
        eku: 'clientAuth',
        notAfterMs: Date.now() + 90 * 86_400_000,
      });
      return `    ca: ${base64(authority.certPem)}\n    crt: ${base64(leaf.certPem)}\n    key: ${base64(leaf.talosKeyPem)}\n`;
    }),
  );
});

/** A talosconfig of contexts with these endpoints, each with a key of its own. */
const talosconfig = (contexts: Readonly<Record<string, readonly string[]>>, first = 0): string =>
  `context: ${Object.keys(contexts)[0] ?? ''}\ncontexts:\n` +
  Object.entries(contexts)
    .map(([name, endpoints], n) => `  ${name}:\n    endpoints: [${endpoints.join(', ')}]\n${bodies[first + n] ?? ''}`)
    .join('');
const keyOf = (n: number): string => /key: (\S+)/.exec(bodies[n] ?? '')?.[1] ?? '';

const fileOf = (main: StartedMain): string => join(main.home, 'config');
const textOf = (main: StartedMain): string => readFileSync(fileOf(main), 'utf8');
const codeOf = async (asked: ReturnType<StartedMain['call']>): Promise<string> => {
  const outcome = await asked;
  return outcome.ok ? 'ok' : outcome.failure.code;
};
async function valueOf<T>(asked: ReturnType<StartedMain['call']>): Promise<T> {
  const outcome = await asked;
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value as T;
}

/** A plan that adds every incoming context. */
const addAll = (main: StartedMain, { token, rows }: ImportPreview): Promise<ImportPlan> => {
  const choices = rows.map(({ id }) => ({ id, action: 'keep-both' }));
  return valueOf(main.call('import.plan', { token, choices, switchCurrent: true, asTalosctl: false }));
};

describe('a host that no file of the user names', () => {
  const listeners: Server[] = [];
  afterEach(() => {
    for (const server of listeners.splice(0)) server.close();
  });
  /** Somebody who listens on an address of loopback that is not the user's; counts who comes. */
  async function attacker(): Promise<{ readonly address: string; readonly visits: () => number }> {
    let visits = 0;
    const server = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.66.6.6', resolve));
    listeners.push(server);
    const { port } = server.address() as { port: number };
    return { address: `127.66.6.6:${port}`, visits: () => visits };
  }

  test('is not dialled by any call of a page without the user', async () => {
    const { address, visits } = await attacker();
    const clipboard = talosconfig({ leak: [address] }, 2);
    await using main = await StartedMain.start({ talosconfigText: talosconfig({ prod: ['127.0.0.1:1'] }), clipboard });
    const before = textOf(main);
    const context = 'prod';

    const codes = [
      await codeOf(main.call('contexts.setEndpoints', { context, endpoints: ['127.0.0.1:1', address] })),
      await codeOf(main.call('contexts.setProxyUrl', { context, proxyUrl: `http://secret@${address}` })),
      await codeOf(main.call('contexts.add', { name: 'mine', endpoints: [address], nodes: [], withFiles: false })),
    ];
    // Three refusals: then nothing more is shown for a while, and nothing is done either.
    const plan = await addAll(main, await valueOf(main.call('import.fromClipboard')));
    codes.push(await codeOf(main.call('plans.apply', { token: plan.token })));
    await main.call('endpoints.test', { context });
    await main.call('contexts.dialPreview', { endpoints: [address] });

    expect(codes).toEqual(['cancelled', 'cancelled', 'cancelled', 'busy']);
    expect([textOf(main), visits()]).toEqual([before, 0]);
    expect(main.asked.map(({ names }) => names?.items)).toEqual([
      ['127.66.6.6'],
      [`http proxy ${address}`],
      ['127.66.6.6'],
    ]);
    expect(JSON.stringify(main.asked)).not.toContain('secret');
    await expectHeld(main);
  });

  test('is dialled once the user confirmed it, and named from then on', async () => {
    const { address, visits } = await attacker();
    await using main = await StartedMain.start({
      talosconfigText: talosconfig({ prod: ['127.0.0.1:1'] }),
      confirms: true,
    });
    const context = 'prod';

    expect(await codeOf(main.call('contexts.setEndpoints', { context, endpoints: [address] }))).toBe('ok');
    await main.call('endpoints.test', { context });
    expect(await codeOf(main.call('contexts.setEndpoints', { context, endpoints: [address, '127.66.6.6:2'] }))).toBe(
      'ok',
    );

    expect(visits()).toBeGreaterThan(0);
    expect(main.asked.map(({ title }) => title)).toEqual(['Let Minos connect to a new address?']);
  });

  test('needs no question where nothing new is dialled, or the user handed over the file', async () => {
    await using main = await StartedMain.start({
      talosconfigText: talosconfig({ prod: ['127.0.0.1:1', '127.0.0.2'], other: ['127.0.0.3'] }),
      files: { handed: talosconfig({ theirs: ['127.0.0.9'] }, 2) },
    });
    const context = 'prod';

    const codes = [
      await codeOf(main.call('contexts.setEndpoints', { context, endpoints: ['127.0.0.2', '127.0.0.1:1'] })),
      await codeOf(main.call('contexts.setEndpoints', { context, endpoints: ['127.0.0.2'] })),
      await codeOf(main.call('contexts.setEndpoints', { context, endpoints: ['127.0.0.2', '127.0.0.3'] })),
      await codeOf(main.call('contexts.setProxyUrl', { context, proxyUrl: '' })),
      await codeOf(main.call('contexts.setNodes', { context, nodes: ['127.0.0.8'] })),
      await codeOf(main.call('contexts.rename', { context, to: 'stage' })),
      await codeOf(main.call('contexts.setCurrent', { context: 'other' })),
    ];
    const token = await main.drop(join(main.home, 'handed'));
    // What was handed over names a host for its own import only.
    codes.push(await codeOf(main.call('contexts.setEndpoints', { context: 'stage', endpoints: ['127.0.0.9'] })));
    const plan = await addAll(main, await valueOf(main.call('import.fromDrop', { token })));
    codes.push(await codeOf(main.call('plans.apply', { token: plan.token })));
    codes.push(await codeOf(main.call('contexts.setEndpoints', { context: 'stage', endpoints: ['127.0.0.9'] })));

    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'cancelled', 'ok', 'ok']);
    expect(main.asked).toHaveLength(1);
  });
});

describe('the last copy of a key', () => {
  /** Every text that main keeps for undo. */
  const history = async (main: StartedMain): Promise<readonly ChangeSummary[]> =>
    valueOf(main.call('history.list', { file: fileOf(main) }));

  test('survives removals, a storm of edits, undoing and every way to forget', async () => {
    const contexts = { prod: ['127.0.0.1:1'], other: ['127.0.0.1:1'] };
    await using main = await StartedMain.start({ talosconfigText: talosconfig(contexts) });
    const original = textOf(main);
    const file = fileOf(main);

    await valueOf(main.call('contexts.remove', { context: 'prod' }));
    await valueOf(main.call('contexts.remove', { context: 'other' }));
    await valueOf(main.call('contexts.add', { name: 'x', endpoints: [], nodes: [], withFiles: false }));
    for (let n = 0; n < 55; n++) {
      await valueOf(main.call('contexts.setCluster', { context: 'x', cluster: `storm-${n}` }));
    }
    expect(await codeOf(main.call('history.forget', { file }))).toBe('cancelled');

    expect(textOf(main)).not.toContain(keyOf(0));
    const [forget] = main.asked;
    expect(forget).toMatchObject({ isDestructive: true, typed: 'config' });
    // The way back: what the page pushed on top is taken away by hand, the removals are still there to be undone.
    const whats = (await history(main)).map(({ what }) => what);
    expect(whats.slice(-2)).toEqual(['Removed the context other', 'Removed the context prod']);
    const changes = await history(main);
    const kept = join(main.home, 'user-data', 'history', createHash('sha256').update(file).digest('hex').slice(0, 32));
    const oldest = readFileSync(join(kept, `${changes.at(-1)?.id}.bytes`), 'utf8');
    expect(oldest).toBe(original);
  });

  test('survives the undo of the import that made the file', async () => {
    const clipboard = talosconfig({ only: [] });
    await using main = await StartedMain.start({ clipboard });
    const plan = await addAll(main, await valueOf(main.call('import.fromClipboard')));
    const { id } = await valueOf<WrittenChange>(main.call('plans.apply', { token: plan.token }));
    const file = fileOf(main);
    await valueOf(main.call('plans.undo', { change: id }));
    expect(() => lstatSync(file)).toThrow(/ENOENT/);

    const [undone] = await history(main);
    await valueOf(main.call('plans.undo', { change: undone?.id }));

    expect(textOf(main)).toContain(keyOf(0));
  });

  test('is forgotten when the user typed the name, and only what they were shown', async () => {
    await using main = await StartedMain.start({ talosconfigText: talosconfig({ prod: [] }), confirms: true });
    await valueOf(main.call('contexts.rename', { context: 'prod', to: 'stage' }));

    expect(await codeOf(main.call('history.forget', { file: fileOf(main) }))).toBe('ok');

    expect([await history(main), main.asked.map(({ deed }) => deed)]).toEqual([[], ['Forget 1 old version']]);
  });
});

test('a kubeconfig that runs a program is not merged from the clipboard without the user, and no history is forgotten', async () => {
  const clipboard =
    'clusters: []\nusers: [{name: u, user: {exec: {command: evil}}}]\ncontexts: [{name: c, context: {user: u}}]\n';
  const own = 'kind: Config\ncontexts:\n- {name: a, context: {}}\n';
  await using main = await StartedMain.start({
    talosconfigText: talosconfig({ prod: ['127.0.0.1:1'] }),
    files: { '.kube/config': own },
    clipboard,
  });
  const { token } = await valueOf<{ token: string }>(main.call('kubeconfig.fromClipboard'));
  const wish = { token, choice: 'refresh', setCurrent: true, asTalosctl: false };
  const preview = await valueOf<{ token: string; files: { file: { id: string } }[] }>(
    main.call('kubeconfig.preview', wish),
  );
  expect(await codeOf(main.call('plans.apply', { token: preview.token }))).toBe('cancelled');
  expect(readFileSync(join(main.home, '.kube', 'config'), 'utf8')).toBe(own);

  const file = preview.files[0]?.file.id;
  const use = await valueOf<{ token: string }>(main.call('kubeconfig.previewCurrent', { file, name: 'a' }));
  await valueOf(main.call('plans.apply', { token: use.token }));
  expect(await codeOf(main.call('kubeconfig.forget', { file }))).toBe('cancelled');
  expect(await valueOf<unknown[]>(main.call('kubeconfig.history', { file }))).toHaveLength(1);
});

test('a lock, a long-lived certificate and an address of its own choice are not had without the user', async () => {
  const kubeconfig = 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n';
  await using main = await StartedMain.start({
    talosconfigText: talosconfig({ prod: ['127.0.0.1:1'] }),
    files: { '.kube/config': kubeconfig, '.kube/config.lock': '' },
    savesTo: '/nowhere/new.yaml',
  });
  const state = main.watch('kubeconfig.state');
  const filesOf = (message: unknown): readonly { id: string }[] =>
    (message as { value?: { files: { id: string }[] } }).value?.files ?? [];
  const files = filesOf(await state.until((message) => filesOf(message).length > 0));

  expect(await codeOf(main.call('kubeconfig.removeLock', { file: files[0]?.id }))).toBe('cancelled');
  expect(await codeOf(main.call('contexts.issue', { context: 'prod', roles: ['os:admin'], hours: 87_600 }))).toBe(
    'cancelled',
  );

  expect(lstatSync(join(main.home, '.kube', 'config.lock')).isFile()).toBe(true);
  expect(main.asked.map(({ deed }) => deed)).toEqual(['Remove the lock', 'Issue it for 10 years']);
  await expectHeld(main);
});

describe('a plan', () => {
  /** Numbers from a seed, so that a failure can be repeated. */
  function randomFrom(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
  }

  interface Shown {
    readonly token: string;
    /** The file it was made on. */
    readonly text: string;
    isUsed: boolean;
  }

  test(
    'is applied once, only if it was shown, and only onto the version it was made on',
    { timeout: 60_000 },
    async () => {
      const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
      console.log(`SEED=${seed}`);
      const random = randomFrom(seed);
      const contexts = { a: ['127.0.0.1:1'], b: ['127.0.0.1:1'] };
      await using main = await StartedMain.start({
        talosconfigText: talosconfig(contexts),
        files: { incoming: talosconfig({ a: ['127.0.0.1:1'], c: ['127.0.0.1:1'] }, 2) },
      });
      const preview = await valueOf<ImportPreview>(
        main.call('import.fromDrop', { token: await main.drop(join(main.home, 'incoming')) }),
      );
      const ids = preview.rows.map(({ id }) => id);
      const shown: Shown[] = [];
      const strangers = [
        preview.token,
        '00000000-0000-4000-8000-000000000000',
        'not-a-token',
        '',
        7,
        null,
        { token: 'x' },
      ];
      let applied = 0;

      const steps: readonly (() => Promise<void>)[] = [
        async () => {
          const choices = ids.map((id) => ({ id, action: (['keep-both', 'overwrite', 'skip'] as const)[random(3)] }));
          const wish = { token: preview.token, choices, switchCurrent: random(2) === 0, asTalosctl: random(4) === 0 };
          const text = textOf(main);
          const outcome = await main.call('import.plan', wish);
          if (outcome.ok) shown.push({ token: (outcome.value as ImportPlan).token, text, isUsed: false });
        },
        async () => {
          // Twice at the same time as well: one of the two is too late.
          const plan = shown[random(Math.max(1, shown.length))];
          if (plan === undefined) return;
          const before = textOf(main);
          const mayApply = !plan.isUsed && plan.text === before && shown.indexOf(plan) >= shown.length - 20;
          const codes = await Promise.all(
            Array.from({ length: 1 + random(2) }, () => codeOf(main.call('plans.apply', { token: plan.token }))),
          );
          expect(codes.filter((code) => code === 'ok')).toHaveLength(mayApply ? 1 : 0);
          if (!mayApply) expect(textOf(main)).toBe(before);
          if (mayApply) {
            plan.isUsed = true;
            applied += 1;
          }
        },
        async () => {
          const before = textOf(main);
          const token = strangers[random(strangers.length)];
          expect(await codeOf(main.call('plans.apply', { token }))).toMatch(/^(not-found|invalid)$/);
          // A plan is nothing that a plan is made of.
          const other = shown[random(Math.max(1, shown.length))]?.token ?? '';
          for (const call of ['kubeconfig.previewRefresh', 'kubeconfig.previewLines'] as const) {
            const input = { token: other, ...(call === 'kubeconfig.previewLines' && { file: 'f', from: 0 }) };
            expect(await codeOf(main.call(call, input))).toMatch(/^(not-found|invalid)$/);
          }
          expect(await codeOf(main.call('plans.apply', { token: other, choices: [] }))).toBe('invalid');
          expect(textOf(main)).toBe(before);
        },
        async () => {
          await main.call('contexts.setCluster', { context: 'b', cluster: `c${random(3)}` });
        },
        async () => {
          const changes = await valueOf<readonly ChangeSummary[]>(main.call('history.list', { file: fileOf(main) }));
          const change = changes[random(Math.max(1, Math.min(3, changes.length)))];
          if (change) await main.call('plans.undo', { change: change.id });
        },
        async () => {
          // Another program.
          writeFileSync(fileOf(main), `# ${random(3)}\n${talosconfig(contexts)}`);
          await main.call('config.reload');
        },
      ];
      for (let n = 0; n < 80; n++) await steps[[0, 0, 1, 1, 1, 2, 3, 4, 5][random(9)] ?? 0]?.();

      expect(applied).toBeGreaterThan(0);
      await expectHeld(main);
    },
  );

  test('that was applied and undone is not applied again: its token is spent', async () => {
    await using main = await StartedMain.start({
      talosconfigText: talosconfig({ prod: [] }),
      files: { incoming: talosconfig({ more: [] }, 2) },
    });
    const before = textOf(main);
    const token = await main.drop(join(main.home, 'incoming'));
    const plan = await addAll(main, await valueOf(main.call('import.fromDrop', { token })));

    const codes = await Promise.all([1, 2, 3].map(() => codeOf(main.call('plans.apply', { token: plan.token }))));
    const [change] = await valueOf<readonly ChangeSummary[]>(main.call('history.list', { file: fileOf(main) }));
    await valueOf(main.call('plans.undo', { change: change?.id }));

    expect(codes.sort()).toEqual(['not-found', 'not-found', 'ok']);
    expect(await codeOf(main.call('plans.apply', { token: plan.token }))).toBe('not-found');
    expect(textOf(main)).toBe(before);
  });
});
