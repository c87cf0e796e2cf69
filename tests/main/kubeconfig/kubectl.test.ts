import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseKubeconfig } from '../../../main/kubeconfig/kubeconfig.ts';
import { mergeIntoText, type MergeStep } from '../../../main/kubeconfig/preview.ts';
import { mintAuthority } from '../../../main/credentials/mint.ts';
import { hasKubectl, kubectl, startApiServer, type ApiServer } from '../../fakes/kubectl.ts';
import { OTHERS, sampleCluster, type SampleCluster } from './samples.ts';

let folder = '';
let server: ApiServer;
let cluster: SampleCluster;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-kubectl-'));
  const authority = await mintAuthority('kubernetes', { keyAlgorithm: 'ecdsa' });
  server = await startApiServer(authority);
  cluster = await sampleCluster('prod', server.url, 'ecdsa', authority);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const CONTEXTS_OF_OTHERS = ['corp', 'lab'];
const JSON_TARGET = JSON.stringify(
  {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: '010', cluster: { server: 'https://a' } }],
    users: [],
    contexts: [{ name: 'lab', context: { cluster: '010', user: '' } }],
    'current-context': 'lab',
  },
  null,
  2,
);

type Rules = MergeStep['rules'];
const minos = (choice: 'refresh' | 'rename' | 'overwrite', contextName?: string): Rules => ({
  kind: 'minos',
  options: { choice, setCurrent: true, ...(contextName === undefined ? {} : { contextName }) },
});
const talosctl: Rules = { kind: 'talosctl', onTaken: 'rename' };

describe.skipIf(!hasKubectl)('kubectl reads every merged file and signs in with the merged certificate', () => {
  test.each<[string, string, Rules, readonly string[], string]>([
    ['a new file', '', minos('refresh'), ['admin@prod'], 'admin@prod'],
    ['a file with others', OTHERS, minos('refresh'), [...CONTEXTS_OF_OTHERS, 'admin@prod'], 'admin@prod'],
    ['CRLF', OTHERS.replaceAll('\n', '\r\n'), minos('refresh'), [...CONTEXTS_OF_OTHERS, 'admin@prod'], 'admin@prod'],
    ['JSON', JSON_TARGET, minos('refresh'), ['lab', 'admin@prod'], 'admin@prod'],
    [
      'JSON on one line',
      JSON.stringify(JSON.parse(JSON_TARGET)),
      minos('refresh'),
      ['lab', 'admin@prod'],
      'admin@prod',
    ],
    [
      'empty lists',
      'apiVersion: v1\nkind: Config\nclusters: []\nusers: null\ncontexts:\n',
      minos('refresh'),
      ['admin@prod'],
      'admin@prod',
    ],
    ['an odd name', OTHERS, minos('refresh', 'on: "010" #~'), [...CONTEXTS_OF_OTHERS, 'on: "010" #~'], 'on: "010" #~'],
    [
      'overwriting',
      OTHERS.replaceAll('name: corp\n  context', 'name: admin@prod\n  context'),
      minos('overwrite'),
      ['admin@prod', 'lab'],
      'admin@prod',
    ],
    ['as talosctl', OTHERS, talosctl, [...CONTEXTS_OF_OTHERS, 'admin@prod'], 'admin@prod'],
  ])('%s', async (_name, target, rules, names, context) => {
    const path = join(folder, 'config');
    const merged = mergeIntoText(target, [{ incoming: await cluster.fetch(), rules }]);
    await writeFile(path, merged.text);
    const before = server.subjects.length;

    expect((await kubectl(path, 'config', 'get-contexts', '-o', 'name')).trim().split('\n').sort()).toEqual(
      [...names].sort(),
    );
    expect((await kubectl(path, 'config', 'current-context')).trim()).toBe(context);
    const raw = JSON.parse(await kubectl(path, 'config', 'view', '--raw', '-o', 'json')) as {
      users: { name: string; user: unknown }[];
    };
    const incoming = parseKubeconfig(merged.text).users.get('admin@prod')?.value;
    expect(raw.users.find(({ name }) => name === 'admin@prod')?.user).toEqual(Object.fromEntries(incoming ?? []));
    expect(await kubectl(path, '--context', context, 'get', '--raw', '/version')).toContain('"minor":"34"');
    expect([...new Set(server.subjects.slice(before))]).toEqual(['system:masters admin']);
  });

  test('a refreshed context keeps its names and signs in with the new certificate', async () => {
    const path = join(folder, 'refreshed');
    const old = await cluster.fetch({ notBeforeMs: Date.now() - 400 * 86_400_000 });
    const step = async (text: string, incoming: string) =>
      mergeIntoText(text, [{ incoming, rules: minos('refresh') }]).text;
    await writeFile(path, await step(OTHERS, old));
    await expect(kubectl(path, 'get', '--raw', '/version')).rejects.toThrow();
    await writeFile(path, await step(await step(OTHERS, old), await cluster.fetch()));

    expect(await kubectl(path, 'get', '--raw', '/version')).toContain('34');
  });

  test('kubectl refuses what Minos refuses: a name that appears twice', async () => {
    const path = join(folder, 'twice');
    const text =
      'apiVersion: v1\nkind: Config\nclusters:\n- name: a\n  cluster: {server: "https://x"}\n- name: a\n  cluster: {server: "https://y"}\n';
    await writeFile(path, text);

    await expect(kubectl(path, 'config', 'view')).rejects.toThrow(/duplicate name/);
    expect(() => parseKubeconfig(text)).toThrow(/appears twice/);
  });
});
