import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OTHERS } from '../../kubeconfig/samples.ts';
import { openHarness, signal, stateOf, type KubeconfigHarness } from './harness.ts';

describe('several files in KUBECONFIG', () => {
  let several: KubeconfigHarness;
  beforeEach(async () => {
    several = await openHarness({ files: ['one', 'two'], baseAddress: '127.0.0.31' });
  });
  afterEach(() => several.close());

  const idOf = (name: string): string =>
    several.kubeconfigs.state.current.files.find(({ path }) => path.endsWith(name))!.id;

  test('asks which, suggests what kubectl would take, and remembers the answer', async () => {
    await several.write('kind: Config\n', 'two');
    const before = await stateOf(several);
    expect(before.needsTarget).toBe(true);
    expect(before.files.map(({ isTarget }) => isTarget)).toEqual([false, true]);

    await several.workspace.plans.apply((await several.preview({ file: idOf('one') })).token);

    const after = await stateOf(several);
    expect([after.needsTarget, ...after.files.map(({ isTarget }) => isTarget)]).toEqual([false, true, false]);
  });

  test('says which file wins for a name, and takes no name away', async () => {
    await several.write(OTHERS.replaceAll('corp', 'admin@sim'), 'one');
    const preview = await several.preview({ file: (await stateOf(several)).files[1]!.id });
    expect(preview.files[0]?.contextNames).toEqual(['admin@sim-1']);
    expect(preview.files[0]?.notes[0]?.message).toContain('is a name in');

    await several.write(OTHERS.replaceAll('corp', 'admin@sim'), 'two');
    const { contexts } = await stateOf(several);
    expect(contexts.filter(({ name }) => name === 'admin@sim').map(({ shadowedBy }) => shadowedBy)).toEqual([
      undefined,
      several.path,
    ]);
  });

  test('overwriting in a later file warns that kubectl will not see it', async () => {
    await several.write(OTHERS.replaceAll('corp', 'admin@sim'), 'one');
    const preview = await several.preview({
      file: (await stateOf(several)).files[1]!.id,
      choice: 'overwrite',
      setCurrent: true,
    });

    expect(preview.files[0]?.notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('takes the context admin@sim from'),
      expect.stringContaining('takes the current context from'),
    ]);
  });

  test('removing keeps what the other file refers to', async () => {
    await several.workspace.plans.apply((await several.preview({ file: (await stateOf(several)).files[0]!.id })).token);
    await several.write('contexts:\n- name: x\n  context: {cluster: sim, user: nobody}\n', 'two');
    const preview = await several.kubeconfigs.previewRemoval({ contexts: [{ file: idOf('one'), name: 'admin@sim' }] });

    expect(preview.files[0]?.entries.map(({ section, action }) => `${section} ${action}`)).toEqual([
      'contexts removed',
      'clusters kept',
      'users removed',
    ]);
  });

  test('renews every copy at once and adds none', async () => {
    for (const name of ['one', 'two'])
      await several.workspace.plans.apply(
        (
          await several.preview({
            file: (await stateOf(several)).files[name === 'one' ? 0 : 1]!.id,
            choice: 'overwrite',
          })
        ).token,
      );
    const old = [await several.read('one'), await several.read('two')];
    const { token } = await several.kubeconfigs.fetch([several.context], signal);
    const preview = await several.kubeconfigs.previewRefresh(token);

    expect(preview.files.map(({ entries }) => entries.map(({ action }) => action))).toEqual([
      ['kept', 'refreshed', 'kept'],
      ['kept', 'refreshed', 'kept'],
    ]);
    const change = await several.workspace.plans.apply(preview.token);
    expect(change.files).toHaveLength(2);
    await several.workspace.plans.undo(change.id);
    expect([await several.read('one'), await several.read('two')]).toEqual(old);
  });
});
