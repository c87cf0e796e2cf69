import { chmod } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseKubeconfig } from '../../../../main/kubeconfig/kubeconfig.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { OTHERS } from '../../kubeconfig/samples.ts';
import { openHarness, stateOf, type KubeconfigHarness } from './harness.ts';

let h: KubeconfigHarness;
beforeEach(async () => {
  h = await openHarness();
});
afterEach(() => h.close());

describe('what is shown', () => {
  /** One line, so that every change shows all of it. */
  const oneLine = (clusters: number): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: Array.from({ length: clusters }, (_, i) => ({
        name: `c${i}`,
        cluster: { server: `https://c${i}.example`, 'proxy-url': `http://proxy-${'x'.repeat(300)}:1` },
      })),
      users: [],
      contexts: [],
    });

  test('is all that is written: a preview that was not shown to its end is refused, until it was', async () => {
    await h.write(oneLine(450));
    const { token, files } = await h.preview();
    const [file] = files;
    expect(file?.diff.length).toBeLessThan(file?.diffLength ?? 0);
    expect(file?.telling.length).toBeGreaterThan(0);
    expect(JSON.stringify(files).length).toBeLessThan(1024 * 1024);

    await expect(h.workspace.plans.apply(token)).rejects.toMatchObject({
      failure: {
        code: 'precondition',
        message: expect.stringMatching(/lines that would be added .* not shown/) as string,
      },
    });
    expect(await h.read()).toBe(oneLine(450));
    expect(() => h.kubeconfigs.previewLines(token, file!.file.id, 900_000)).toThrow(Failed);

    let from = file!.diff.length;
    for (let left = file!.addedLeft; left > 0;) {
      const more = h.kubeconfigs.previewLines(token, file!.file.id, from);
      from += more.lines.length;
      left = more.addedLeft;
    }
    await h.workspace.plans.apply(token);
    expect(parseKubeconfig(await h.read()).contexts.has('admin@sim')).toBe(true);
  });

  test('of a context that runs a program is its command line, without its secrets', async () => {
    await h.write(OTHERS);

    expect((await stateOf(h)).contexts.find(({ name }) => name === 'corp')?.runs).toBe(
      'kubelogin get-token --secret=[secret]',
    );
  });
});

describe('the overview', () => {
  test('knows after a fetch which context comes from which Talos context, also after a restart of the state', async () => {
    await h.write(OTHERS);
    await h.workspace.plans.apply((await h.preview({ contextName: 'live' })).token);
    const { contexts } = await stateOf(h);

    expect(contexts.map(({ name, source, canRefresh, signIn }) => ({ name, source, canRefresh, signIn }))).toEqual([
      { name: 'corp', source: undefined, canRefresh: false, signIn: 'exec' },
      { name: 'lab', source: undefined, canRefresh: false, signIn: 'token' },
      { name: 'live', source: { context: 'sim', by: 'authority' }, canRefresh: true, signIn: 'certificate' },
    ]);
    expect(contexts[2]?.certificate?.notAfterMs).toBeGreaterThan(Date.now());
  });

  test('guesses by address what was fetched by talosctl', async () => {
    const address = h.simulator.endpoints[0]!.address;
    await h.write(OTHERS.replace('https://corp.example', `https://${address}:6443`));

    expect((await stateOf(h)).contexts[0]?.source).toEqual({ context: 'sim', by: 'address' });
  });

  test('follows the file while somebody looks', async () => {
    const seen = new Promise<number>((resolve) => {
      const stop = h.kubeconfigs.state.subscribe(({ contexts }) => {
        if (contexts.length === 0) return;
        stop();
        resolve(contexts.length);
      });
    });
    await h.write(OTHERS);

    expect(await seen).toBe(2);
  });

  test('is read to its end when Minos ends meanwhile, and nothing breaks', async () => {
    await h.write(OTHERS);
    await h.workspace.clusters.close();

    expect((await stateOf(h)).contexts).toHaveLength(2);
  });

  test('warns of a file that others can read', async () => {
    await h.write(OTHERS);
    await chmod(h.path, 0o644);

    expect((await stateOf(h)).files[0]?.problems[0]?.message).toContain('mode 0644');
  });
});
