// One piece: every case merges the same sample cluster into a file, and is read against the others.
import { beforeAll, describe, expect, test } from 'vitest';
import { parseKubeconfig, textOf } from '../../../main/kubeconfig/kubeconfig.ts';
import type { MergeOptions } from '../../../main/kubeconfig/plan-merge.ts';
import { mergeIntoText, removeFromText, type ChangedKubeconfig } from '../../../main/kubeconfig/preview.ts';
import { OTHERS, sampleCluster, type SampleCluster } from './samples.ts';

const DAY_MS = 86_400_000;
let prod: SampleCluster;
let other: SampleCluster;

beforeAll(async () => {
  prod = await sampleCluster('prod');
  other = await sampleCluster('prod', 'https://other.example:6443');
});

const options = (more: Partial<MergeOptions> = {}): MergeOptions => ({ choice: 'refresh', setCurrent: false, ...more });
const merge = (target: string, incoming: string, more: Partial<MergeOptions> = {}): ChangedKubeconfig =>
  mergeIntoText(target, [{ incoming, rules: { kind: 'minos', options: options(more) } }]);
const changesOf = ({ changes }: ChangedKubeconfig): readonly string[] =>
  changes.map(
    ({ section, action, name, incomingName }) =>
      `${section} ${action} ${name}${incomingName === undefined ? '' : ` (${incomingName})`}`,
  );

function contextsOf({ text }: { text: string }): Record<string, string> {
  const { contexts } = parseKubeconfig(text);
  return Object.fromEntries(
    [...contexts].map(([name, { value }]) => [name, `${textOf(value.get('cluster'))} ${textOf(value.get('user'))}`]),
  );
}

const fetched = (daysAgo: number, cluster = prod): Promise<string> =>
  cluster.fetch({ notBeforeMs: Date.now() - daysAgo * DAY_MS });

describe('refresh, the default', () => {
  test('adds a new cluster and leaves every other byte and the current context alone', async () => {
    const merged = merge(OTHERS, await fetched(1));

    expect(changesOf(merged)).toEqual(['clusters added prod', 'users added admin@prod', 'contexts added admin@prod']);
    const added = merged.diff.lines.filter(({ kind }) => kind === 'added').map((line) => line.new);
    const rest = merged.text.split('\n').filter((_, i) => !added.includes(i + 1));
    expect(rest.join('\n')).toBe(OTHERS);
    expect(merged.currentContext).toEqual({ before: 'corp', after: 'corp' });
  });

  test('replaces the certificate of the same cluster in place, whatever its entries are called', async () => {
    const before = merge(OTHERS, await fetched(30))
      .text.replaceAll('admin@prod', 'me')
      .replaceAll('name: prod', 'name: live');
    const target = before.replace('cluster: prod', 'cluster: live');
    const merged = merge(target, await fetched(1));

    expect(changesOf(merged)).toEqual([
      'clusters kept live (prod)',
      'users refreshed me (admin@prod)',
      'contexts kept me (admin@prod)',
    ]);
    const changed = merged.diff.lines
      .filter(({ kind }) => kind !== 'same')
      .map(({ text }) => text.trim().split(':')[0]);
    expect(changed).toEqual([
      'client-certificate-data',
      'client-key-data',
      'client-certificate-data',
      'client-key-data',
    ]);
  });

  describe('the same cluster at an address of the user’s own', () => {
    const tunnelled = async (daysAgo: number): Promise<string> =>
      (await fetched(daysAgo)).replace(prod.server, 'https://127.0.0.1:16443');

    test('is renewed in place, keeps its address, and says so', async () => {
      const before = (await tunnelled(30)).replace('    server:', '    tls-server-name: kubernetes\n    server:');
      const merged = merge(before, await fetched(1));

      expect(changesOf(merged)).toEqual([
        'clusters kept prod',
        'users refreshed admin@prod',
        'contexts kept admin@prod',
      ]);
      expect(parseKubeconfig(merged.text).clusters.get('prod')).toEqual(parseKubeconfig(before).clusters.get('prod'));
      expect(merged.notes.map(({ message }) => message)).toEqual([
        expect.stringContaining('reaches this cluster at https://127.0.0.1:16443 (prod)'),
      ]);
      expect(changesOf(merge(merged.text, await fetched(0)))).toContain('users refreshed admin@prod');
    });

    test('keeps the further authorities that a tunnel needs', async () => {
      const cas = Buffer.from(other.authority.certPem + prod.authority.certPem).toString('base64');
      const before = (await tunnelled(30)).replace(prod.caData, cas);
      const merged = merge(before, await fetched(1));

      expect(merged.text).toContain(cas);
      expect(changesOf(merged)[0]).toBe('clusters kept prod');
    });

    test('comes second to an entry with the cluster’s own address', async () => {
      const both = merge(await fetched(30), await tunnelled(30), { choice: 'rename' }).text;
      const merged = merge(both, await fetched(1));

      expect(changesOf(merged)[0]).toBe('clusters kept prod');
      expect(textOf(parseKubeconfig(merged.text).clusters.get('prod')!.value.get('server'))).toBe(prod.server);
      expect(changesOf(merged)[1]).toBe('users refreshed admin@prod');
    });

    test('shares its user with the own address, and that is no other cluster', async () => {
      const text = await fetched(30);
      const two = text
        .replace(
          'users:',
          `- name: tunnel\n  cluster: {server: "https://t", certificate-authority-data: ${prod.caData}}\nusers:`,
        )
        .replace('current-context', '- {name: far, context: {cluster: tunnel, user: admin@prod}}\ncurrent-context');

      expect(changesOf(merge(two, await fetched(1)))).toEqual([
        'clusters kept prod',
        'users refreshed admin@prod',
        'contexts kept admin@prod',
      ]);
    });

    test.each([
      ['another identity', (text: string) => text.replace(/client-certificate-data: .*\n {4}client-key-data/, 'token')],
      ['another authority', (text: string) => text.replace(prod.caData, other.caData)],
      [
        'no authority',
        (text: string) => text.replace(/certificate-authority-data: .*/, 'insecure-skip-tls-verify: true'),
      ],
    ])('is not taken for it with %s', async (_what, change) => {
      const merged = merge(change(await tunnelled(30)), await fetched(1));

      expect(changesOf(merged).slice(0, 2)).toEqual([
        'clusters added prod-1 (prod)',
        'users added admin@prod-1 (admin@prod)',
      ]);
    });

    test('is added beside it when both are kept', async () => {
      const merged = merge(await tunnelled(30), await fetched(1), { choice: 'rename' });

      expect(changesOf(merged)[0]).toBe('clusters added prod-1 (prod)');
    });
  });

  test('knows the cluster and the certificate by the files that the kubeconfig names', async () => {
    const { certData } = await prod.user({ notBeforeMs: Date.now() - 30 * DAY_MS });
    const target = (await fetched(30))
      .replace(/certificate-authority-data: .*/, 'certificate-authority: ca.crt')
      .replace(/client-certificate-data: .*/, 'client-certificate: me.crt')
      .replace(/client-key-data: .*/, 'client-key: me.key');
    const files = new Map([
      ['ca.crt', prod.authority.certPem],
      ['me.crt', Buffer.from(certData, 'base64').toString()],
    ]);
    const merged = merge(target, await fetched(1), { certificateFiles: files });

    expect(changesOf(merged)).toEqual(['clusters kept prod', 'users refreshed admin@prod', 'contexts kept admin@prod']);
    expect(merged.text).toContain('certificate-authority: ca.crt\n');
    expect(merged.text).not.toMatch(/me\.(crt|key)/);
    expect(merged.notes.map(({ message }) => message)).toEqual([
      'The certificate of admin@prod stood in me.crt; the new one stands in the kubeconfig itself.',
    ]);
  });

  test.each([
    ['that was not read', new Map<string, string>()],
    ['without a certificate', new Map([['ca.crt', 'nothing']])],
  ])('a file %s makes it another cluster', async (_name, certificateFiles) => {
    const target = (await fetched(30)).replace(/certificate-authority-data: .*/, 'certificate-authority: ca.crt');

    expect(changesOf(merge(target, await fetched(1), { certificateFiles }))[0]).toBe('clusters added prod-1 (prod)');
  });

  test('a new authority takes the place of the file that held the old one', async () => {
    const next = await sampleCluster('prod');
    const target = (await fetched(30)).replace(/certificate-authority-data: .*/, 'certificate-authority: ca.crt');
    const incoming = await prod.fetch({ moreCas: [next.authority.certPem] });
    const merged = merge(target, incoming, { certificateFiles: new Map([['ca.crt', prod.authority.certPem]]) });

    expect(changesOf(merged)[0]).toBe('clusters refreshed prod');
    expect(merged.text).not.toContain('ca.crt');
  });

  test('keeps the namespace and extensions the user gave the context', async () => {
    const target = merge('', await fetched(30)).text.replace('namespace: default', 'namespace: team-a # mine');

    expect(merge(target, await fetched(1)).text).toContain('namespace: team-a # mine');
  });

  test('does nothing when it is merged again', async () => {
    const incoming = await fetched(1);
    const once = merge(OTHERS, incoming);
    const twice = merge(once.text, incoming);

    expect(twice.text).toBe(once.text);
    expect(twice.changes.every(({ action }) => action === 'kept')).toBe(true);
  });

  describe('where a context was left without its cluster or user', () => {
    const users = async (daysAgo: number, cluster = prod): Promise<string> => {
      const [user] = parseKubeconfig(await fetched(daysAgo, cluster)).users.values();
      return `users:\n- name: me\n  user: ${JSON.stringify(Object.fromEntries(user!.value))}\n`;
    };
    const left = (cluster: string, user: string): string =>
      `contexts:\n- name: left\n  context: {cluster: ${cluster}, user: ${user}}\n`;

    test.each([
      ['its own user signs in to this cluster: renewed', async () => (await users(30)) + left('prod', 'me'), 'left', 0],
      ['both are missing: found again', () => Promise.resolve(left('prod', 'admin@prod')), 'left', 0],
      ['its user is of another cluster', async () => (await users(1, other)) + left('prod', 'me'), 'admin@prod-1', 1],
      ['its user has another name', () => Promise.resolve(left('prod', 'you')), 'admin@prod-1', 1],
      ['its cluster has another name', () => Promise.resolve(left('else', 'admin@prod')), 'admin@prod-1', 1],
    ])('%s', async (_name, target, context, noteCount) => {
      const incoming = await fetched(1);
      const once = merge(await target(), incoming);

      expect(once.contextNames).toEqual([context]);
      expect(once.notes).toHaveLength(noteCount);
      expect(merge(once.text, incoming).text).toBe(once.text);
    });
  });

  test('keeps a newer certificate that is in the file', async () => {
    const target = merge('', await fetched(1)).text;
    const merged = merge(target, await fetched(20));

    expect(merged.text).toBe(target);
    expect(merged.notes[0]?.message).toMatch(/newer than the fetched one/);
  });

  test.each([
    ['ends earlier', { notAfterMs: Date.now() + 60_000 }, /lasts longer than the fetched one, which ends 20/],
    [
      'has another kind of key',
      { keyAlgorithm: 'rsa' as const },
      /another kind of key \(ec\) than the fetched one \(rsa\)/,
    ],
  ])('keeps a certificate that works where the fetched one %s', async (_what, options, note) => {
    const target = merge('', await fetched(30)).text;
    const merged = merge(target, await prod.fetch({ notBeforeMs: Date.now() - DAY_MS, ...options }));

    expect(merged.text).toBe(target);
    expect(merged.notes[0]?.message).toMatch(note);
  });

  test('adds an authority during a rotation, and knows the cluster by the one they share', async () => {
    const next = await sampleCluster('prod');
    const target = merge('', await fetched(30)).text;
    const merged = merge(target, await prod.fetch({ moreCas: [next.authority.certPem] }));

    expect(changesOf(merged)).toEqual([
      'clusters refreshed prod',
      'users refreshed admin@prod',
      'contexts kept admin@prod',
    ]);
  });

  test('a rebuilt cluster at the same address is another cluster', async () => {
    const rebuilt = await sampleCluster('prod');
    const merged = merge(merge('', await fetched(30)).text, await rebuilt.fetch());

    expect(changesOf(merged)).toEqual([
      'clusters added prod-1 (prod)',
      'users added admin@prod-1 (admin@prod)',
      'contexts added admin@prod-1 (admin@prod)',
    ]);
  });

  test('knows the cluster behind another of its addresses', async () => {
    const target = merge('', await fetched(30)).text.replace(prod.server, 'https://10.5.0.2:6443');
    const incoming = await fetched(1);

    expect(merge(target, incoming).notes).toHaveLength(1);
    expect(merge(target, incoming, { otherServers: ['https://10.5.0.2:6443/'] }).notes).toEqual([]);
    expect(changesOf(merge(target, incoming, { otherServers: ['https://10.5.0.2:6443'] }))).toEqual([
      'clusters kept prod',
      'users refreshed admin@prod',
      'contexts kept admin@prod',
    ]);
  });

  test.each([
    ['another way to sign in', (text: string) => text.replace('client-key-data:', 'token: abc\n    client-key-data:')],
    ['another subject', (text: string) => text],
    ['a context of another cluster', (text: string) => text],
  ])('leaves a user with %s alone', async (what, change) => {
    const commonName = what === 'another subject' ? 'reader' : 'admin';
    let target = change(merge('', await prod.fetch({ commonName, notBeforeMs: Date.now() - 30 * DAY_MS })).text);
    if (what === 'a context of another cluster') {
      target = merge(target, OTHERS).text.replace(
        'cluster: corp\n    user: corp-oidc',
        'cluster: corp\n    user: admin@prod',
      );
    }
    const merged = merge(target, await fetched(1));

    expect(changesOf(merged)).toContain('users added admin@prod-1 (admin@prod)');
    expect(parseKubeconfig(merged.text).users.get('admin@prod')?.value).toEqual(
      parseKubeconfig(target).users.get('admin@prod')?.value,
    );
  });

  test('tells of certificates that talosctl left behind', async () => {
    const first = await fetched(60);
    const rules = { kind: 'talosctl', onTaken: 'rename' } as const;
    const target = mergeIntoText(first, [{ incoming: await fetched(30), rules }]).text;
    const merged = merge(target, await fetched(1));

    expect(changesOf(merged)).toEqual(['clusters kept prod', 'users refreshed admin@prod', 'contexts kept admin@prod']);
    expect(merged.notes[0]?.message).toBe('1 other user of this cluster keeps its own certificate: admin@prod-1.');
  });
});

describe("talosctl's accidents do not happen", () => {
  test('a short cluster name is replaced behind the @ only', async () => {
    const a = await sampleCluster('a', 'https://one:6443');
    const b = await sampleCluster('a', 'https://two:6443');
    const merged = merge(await a.fetch(), await b.fetch());

    expect(contextsOf(merged)).toEqual({ 'admin@a': 'a admin@a', 'admin@a-1': 'a-1 admin@a-1' });
  });

  test('contexts are compared with contexts: one of the same name is kept', async () => {
    const target = OTHERS.replaceAll('name: corp\n  context', 'name: admin@prod\n  context');
    const merged = merge(target, await fetched(1));

    expect(contextsOf(merged)).toMatchObject({ 'admin@prod': 'corp corp-oidc', 'admin@prod-1': 'prod admin@prod' });
  });

  test('a context is not compared with clusters', async () => {
    const target = OTHERS.replace('name: corp\n  cluster', 'name: admin@prod\n  cluster');

    expect(contextsOf(merge(target, await fetched(1)))).toHaveProperty('admin@prod', 'prod admin@prod');
  });

  test('a chosen context name that belongs to another cluster is not taken away', async () => {
    const merged = merge(OTHERS, await fetched(1), { contextName: 'lab' });

    expect(contextsOf(merged)).toMatchObject({ lab: '010 robot', 'lab-1': 'prod admin@prod' });
    expect(merged.contextNames).toEqual(['lab-1']);
  });

  test('a chosen context name is given to the context, cluster and user keep theirs', async () => {
    expect(contextsOf(merge('', await fetched(1), { contextName: '010' }))).toEqual({ '010': 'prod admin@prod' });
  });

  test('a second fetch adds no user', async () => {
    const once = merge('', await fetched(30));

    expect(contextsOf(merge(once.text, await fetched(1)))).toEqual(contextsOf(once));
  });

  test('current-context switches only when asked', async () => {
    expect(merge(OTHERS, await fetched(1)).currentContext.after).toBe('corp');
    expect(merge(OTHERS, await fetched(1), { setCurrent: true }).currentContext.after).toBe('admin@prod');
  });
});

describe('keep both, and overwrite', () => {
  test('rename keeps the old certificate and adds the new one', async () => {
    const merged = merge(merge('', await fetched(30)).text, await fetched(1), { choice: 'rename' });

    expect(contextsOf(merged)).toEqual({ 'admin@prod': 'prod admin@prod', 'admin@prod-1': 'prod admin@prod-1' });
  });

  test('overwrite replaces what has the name and warns about contexts that change with it', async () => {
    const target = merge('', await fetched(30)).text.replace(
      'contexts:\n',
      'contexts:\n- name: mine\n  context: {cluster: prod, user: admin@prod}\n',
    );
    const merged = merge(target, await other.fetch(), { choice: 'overwrite' });

    expect(changesOf(merged)).toEqual([
      'clusters replaced prod',
      'users replaced admin@prod',
      'contexts kept admin@prod',
    ]);
    expect(merged.notes.map(({ message }) => message)).toEqual([
      '1 other context of the file uses the cluster prod and changes with it: mine.',
      '1 other context of the file uses the user admin@prod and changes with it: mine.',
    ]);
  });

  test('names of other files that kubectl reads are not taken', async () => {
    const elsewhere = {
      clusters: new Map([['prod', '/b']]),
      users: new Map<string, string>(),
      contexts: new Map([['admin@prod', '/b']]),
    };
    const merged = merge('', await fetched(1), { elsewhere });

    expect(contextsOf(merged)).toEqual({ 'admin@prod-1': 'prod-1 admin@prod-1' });
    expect(merged.notes[0]?.message).toContain('/b');
  });
});

describe('removal', () => {
  const none = { clusters: new Set<string>(), users: new Set<string>() };

  test('takes the cluster and user with the context and leaves the rest byte for byte', async () => {
    const merged = merge(OTHERS, await fetched(1));

    expect(removeFromText(merged.text, ['admin@prod'], none).text).toBe(OTHERS);
  });

  test('keeps what another context or another file uses', async () => {
    const rules = { kind: 'minos', options: options({ choice: 'rename' }) } as const;
    const text = mergeIntoText(await fetched(30), [{ incoming: await fetched(1), rules }]).text;
    const removed = removeFromText(text, ['admin@prod'], { ...none, users: new Set(['admin@prod']) });

    expect(changesOf(removed)).toEqual(['contexts removed admin@prod', 'clusters kept prod', 'users kept admin@prod']);
    expect(removed.currentContext).toEqual({ before: 'admin@prod', after: '' });
    expect(removed.notes[0]?.message).toContain('afterwards there is none');
  });
});
