import { describe, expect, it } from 'vitest';
import type { DriftRow } from '../../../preload/contract/index.ts';
import { makeAlike } from '../../../main/machine-config/drift/alike.ts';
import { compareConfigs } from '../../../main/machine-config/drift/compare-configs.ts';
import { patchConfig } from '../../../main/machine-config/patch/patch-config.ts';

const KEY = 'a2V5LW9mLWEtY2x1c3Rlcg==';
const worker = (host: string, rest = ''): string =>
  `version: v1alpha1\nmachine:\n  type: worker\n  token: sekret.0123456789abcdef\n  network:\n    hostname: ${host}\n${rest}`;
const compare = (texts: readonly string[], base?: number) =>
  compareConfigs(
    texts,
    texts.map(() => 1),
    base,
  );
const pathsOf = (rows: readonly DriftRow[]) =>
  rows.map(({ document, path, expected }) => [document, path, expected].filter(Boolean).join(' · '));

describe('machine configs beside each other', () => {
  it('are one group where they differ only in what each machine has of its own, which is named', () => {
    const interfaces = (n: number) =>
      `    interfaces:\n      - interface: eth0\n        addresses: [10.0.0.${n}/24]\n        deviceSelector: {hardwareAddr: 00:00:00:00:00:0${n}}\n`;
    const link = `---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: `;
    const { groups, rows } = compare([1, 2, 3].map((n) => worker(`w${n}`, `${interfaces(n)}${link}w${n}\n`)));
    expect(groups).toEqual([[0, 1, 2]]);
    expect(pathsOf(rows)).toEqual([
      'v1alpha1 · machine.network.hostname · host names',
      'v1alpha1 · machine.network.interfaces[eth0].addresses · addresses',
      'v1alpha1 · machine.network.interfaces[eth0].deviceSelector.hardwareAddr · hardware',
      'HostnameConfig · hostname · host names',
    ]);
    expect(rows[0]?.cells).toEqual([{ is: 'several', count: 3 }]);
  });

  it('are not the same where one lacks a document that others have, be it about what is its own', () => {
    const alias = (mac: string) =>
      `---\napiVersion: v1alpha1\nkind: LinkAliasConfig\nname: net0\nselector: {match: 'mac(link.permanent_addr) == "${mac}"'}\n`;
    const { groups, rows } = compare([worker('w', alias('a')), worker('w', alias('b')), worker('w')]);
    expect(groups).toEqual([[0, 1], [2]]);
    expect(pathsOf(rows)).toEqual(['LinkAliasConfig net0', 'LinkAliasConfig net0 · selector.match · hardware']);
  });

  it('are compared by what they mean: spelling, order of names and comments do not count', () => {
    const first = worker('w', '  sysctls: {a: "1", b: "2"}\n  certSANs: []\n');
    const second = worker('w', '  sysctls:\n    b: "2" # two\n    a: 1\n');
    expect(compare([first, second])).toMatchObject({ groups: [[0, 1]], rows: [] });
  });

  it('are grouped by what is not expected, the most frequent first, or the one to compare with', () => {
    const texts = ['1', '2', '2', '2', '3'].map((value, i) => worker(`w${i}`, `  sysctls: {a: "${value}"}\n`));
    expect(compare(texts).groups).toEqual([[1, 2, 3], [0], [4]]);
    const { groups, rows } = compare(texts, 4);
    expect(groups).toEqual([[4], [1, 2, 3], [0]]);
    expect(rows[0]).toMatchObject({
      path: 'machine.sysctls.a',
      cells: [
        { is: 'value', text: '3', variant: 2 },
        { is: 'value', text: '2', variant: 1 },
        { is: 'value', text: '1', variant: 0 },
      ],
    });
  });

  it('say of secrets that they are the same or not, and never show one: not in another place, not of keys that nobody knows', () => {
    const texts = [
      worker(
        'w1',
        `  ca: {crt: YQ==, key: ${KEY}}\n  env: {NOTE: "sekret.0123456789abcdef"}\n  newThing: hidden-value\n`,
      ),
      worker('w2', `  ca: {crt: YQ==, key: b3RoZXIta2V5LW9mLWl0cw==}\n  env: {NOTE: other}\n`),
    ];
    const result = compare(texts);
    const cellsOf = (path: string) => result.rows.find((row) => row.path === path)?.cells;
    expect(cellsOf('machine.ca.key')).toEqual([
      { is: 'hidden', why: 'secret', variant: 0 },
      { is: 'hidden', why: 'secret', variant: 1 },
    ]);
    expect(cellsOf('machine.env.NOTE')?.[0]).toEqual({ is: 'value', text: '<secret-1>', variant: 0 });
    expect(cellsOf('machine.newThing')).toEqual([{ is: 'hidden', why: 'unknown', variant: 0 }, { is: 'absent' }]);
    expect(JSON.stringify(result)).not.toMatch(/sekret|hidden-value|a2V5|b3Ro/);
  });

  it('fold what control planes have and workers do not, but not what control planes differ in', () => {
    const control = (value: string) =>
      `version: v1alpha1\nmachine: {type: controlplane, ca: {crt: YQ==, key: ${KEY}}}\ncluster:\n  apiServer: {image: "api:1"}\n  etcd: {image: "etcd:${value}"}\n`;
    const plain = 'version: v1alpha1\nmachine: {type: worker, ca: {crt: YQ==}}\n';
    expect(pathsOf(compare([control('1'), control('1'), plain]).rows)).toEqual([
      'v1alpha1 · machine.type · machine types',
      'v1alpha1 · machine.ca.key · machine types',
      'v1alpha1 · cluster.apiServer.image · machine types',
      'v1alpha1 · cluster.etcd.image · machine types',
    ]);
    const [first] = compare([control('1'), control('2'), plain]).rows;
    expect([first?.path, first?.expected]).toEqual(['cluster.etcd.image', undefined]);
  });

  it('fold links that are found by their hardware, disks to install to and marks of control planes, but no other token', () => {
    const link = (mac: string, mtu: number): string =>
      `    interfaces:\n      - deviceSelector: {hardwareAddr: "${mac}"}\n        mtu: ${mtu}\n      - deviceSelector: {driver: virtio}\n        mtu: ${mtu}\n`;
    const install = (disk: string): string =>
      `---\napiVersion: v1alpha1\nkind: UnattendedInstallConfig\nprovisioning: {diskSelector: {match: disk.dev_path == "${disk}"}}\n`;
    const [first, second] = [worker('w', link('a', 1400) + install('x')), worker('w', link('b', 1500) + install('y'))];
    expect(pathsOf(compare([first, second]).rows).map((row) => row.replace('v1alpha1 · machine.network.', ''))).toEqual(
      [
        'interfaces[{driver: virtio}].mtu',
        'interfaces[{hardwareAddr: a}].deviceSelector.hardwareAddr · hardware',
        'interfaces[{hardwareAddr: a}].mtu · hardware',
        'UnattendedInstallConfig · provisioning.diskSelector.match · hardware',
        'interfaces[{hardwareAddr: b}].deviceSelector.hardwareAddr · hardware',
        'interfaces[{hardwareAddr: b}].mtu · hardware',
      ],
    );
    const node = (rest: string): string => `---\napiVersion: v1alpha1\nkind: KubeNodeConfig\nnodeIP: {}\n${rest}`;
    const control = worker('w', node('taints: {node-role.kubernetes.io/control-plane: NoSchedule}\n'));
    const types = compare([control.replace('type: worker', 'type: controlplane'), worker('w', node(''))]);
    expect(types.rows.map(({ expected }) => expected)).toEqual(['machine types', 'machine types']);
    // All machines of a cluster have the same one.
    const tokens = compare([worker('w'), worker('w').replace('sekret', 'secret')]);
    expect(pathsOf(tokens.rows)).toEqual(['v1alpha1 · machine.token']);
  });

  it('tell of a document that is missing in one row, and of what differs where it is there', () => {
    const link = (mtu: number) => `---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth1\nmtu: ${mtu}\nup: true\n`;
    const texts = [worker('w', link(1400)), worker('w', link(1500)), worker('w')];
    expect(pathsOf(compare(texts).rows)).toEqual(['LinkConfig eth1', 'LinkConfig eth1 · mtu']);
    expect(pathsOf(compare(texts.slice(1)).rows)).toEqual(['LinkConfig eth1']);
  });

  it('leave out what is no config, with the reason, and count the rows and groups that are not told', () => {
    const { unread, groups } = compare([worker('w'), 'no config', worker('w')]);
    expect(groups).toEqual([[0, 2]]);
    expect(unread).toMatchObject([{ text: 1 }]);
    const many = Array.from({ length: 30 }, (_, n) =>
      worker('w', `  sysctls:\n${Array.from({ length: 40 }, (_, i) => `    k${n}-${i}: "1"\n`).join('')}`),
    );
    const result = compare(many);
    expect([result.rows.length, result.moreRows, result.groups.length, result.moreGroups]).toEqual([500, 700, 30, 18]);
    expect(result.rows[0]?.cells).toHaveLength(12);
  });
});

describe('a patch that makes one config like another', () => {
  const all = (have: string, want: string): readonly string[] => compare([have, want], 1).rows.map(({ id }) => id);
  const alike = (have: string, want: string, ids = all(have, want)) => makeAlike(have, want, ids);

  it('says what differs, in the places of both, and leaves out secrets and what each machine has of its own', () => {
    const have = worker(
      'w1',
      '    interfaces:\n      - {interface: eth0, mtu: 1400}\n      - {interface: eth1}\n  sysctls: {a: "1", gone: "1"}\n',
    );
    const want =
      worker(
        'w2',
        `    interfaces:\n      - {interface: eth1}\n      - {interface: eth0, mtu: 9000}\n  sysctls: {a: "2", b: "1"}\n  ca: {crt: YQ==, key: ${KEY}}\n`,
      ) + '---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth2\nmtu: 1400\naddresses: [{address: 10.0.0.9/24}]\n';
    const { patch, kind, leftOut } = alike(have, want);
    expect(kind).toBe('merge');
    expect(patch).toBe(
      'machine:\n  network:\n    interfaces:\n      - interface: eth0\n        mtu: 9000\n  sysctls:\n    a: "2"\n    gone:\n      $patch: delete\n    b: "1"\n  ca:\n    crt: YQ==\n' +
        '---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth2\nmtu: 1400\n',
    );
    expect(leftOut.map(({ path, why }) => `${path}: ${why}`)).toEqual([
      'v1alpha1: machine.ca.key: a secret is not copied',
      'v1alpha1: machine.network.hostname: each machine has its own (host names)',
      'LinkConfig eth2: addresses: each machine has its own (addresses)',
    ]);
    expect(compare([patchConfig(have, [patch]).text, want]).rows.map(({ path }) => path)).toEqual([
      'machine.ca.key',
      'machine.network.hostname',
      'addresses',
    ]);
  });

  it('is only about the fields that were chosen', () => {
    const [have, want] = [worker('w', '  sysctls: {a: "1", b: "1"}\n'), worker('w', '  sysctls: {a: "2", b: "2"}\n')];
    const [id = ''] = all(have, want);
    expect(alike(have, want, [id]).patch).toBe('machine:\n  sysctls:\n    a: "2"\n');
    expect(alike(have, want, ['nothing']).patch).toBe('');
  });

  it('is a JSON patch where a merge cannot say it, and says so where that cannot be either', () => {
    const sans = (list: string) => worker('w', `  certSANs: [${list}]\n`);
    const single = alike(sans('a, b'), sans('a'));
    expect(single).toMatchObject({ kind: 'json', leftOut: [] });
    expect(patchConfig(sans('a, b'), [single.patch]).text).toBe(sans('a'));
    const more = '---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth2\nmtu: 1400\n';
    const several = alike(sans('a, b') + more, sans('a') + more.replace('1400', '1500'));
    expect(several.patch).toBe('apiVersion: v1alpha1\nkind: LinkConfig\nname: eth2\nmtu: 1500\n');
    expect(several.leftOut).toMatchObject([{ path: 'v1alpha1: machine.certSANs' }]);
  });

  it('takes a document away that the other one does not have', () => {
    const link = '---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth2\nmtu: 1400\n';
    const { patch } = alike(worker('w', link), worker('w'));
    expect(patch).toBe('apiVersion: v1alpha1\nkind: LinkConfig\nname: eth2\n$patch: delete\n');
    expect(patchConfig(worker('w', link), [patch]).text).toBe(worker('w'));
  });

  it("takes no document away that holds what is a machine's own, and brings none of which nothing is left", () => {
    const name = '---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: w1\n';
    const link =
      '---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\naddresses: [{address: 10.0.0.9/24}]\nmtu: 1400\n';
    for (const [have, want] of [
      [name + link, ''],
      ['', name],
    ] as const) {
      const { patch, leftOut } = alike(worker('w', have), worker('w', want));
      expect(patch).toBe('');
      expect(leftOut.map(({ path }) => path)).toContain('HostnameConfig');
      if (have !== '')
        expect(leftOut).toContainEqual({ path: 'LinkConfig eth0', why: 'each machine has its own (addresses)' });
    }
  });

  it('takes no link away that is found by its hardware, and nothing from a control plane that a worker does not have', () => {
    const link = (mac: string): string =>
      `    interfaces:\n      - deviceSelector: {hardwareAddr: "${mac}"}\n        dhcp: true\n`;
    expect(alike(worker('w', link('a')), worker('w', link('b'))).patch).toBe('');
    const control = `version: v1alpha1\nmachine: {type: controlplane}\ncluster:\n  apiServer: {image: "api:1"}\n---\napiVersion: v1alpha1\nkind: KubeSchedulerConfig\nimage: s\n`;
    const { patch, leftOut } = alike(control, 'version: v1alpha1\nmachine: {type: worker}\n');
    expect(patch).toBe('');
    expect(leftOut).toContainEqual({ path: 'KubeSchedulerConfig', why: 'only control planes have it' });
    expect(leftOut).toContainEqual({
      path: 'v1alpha1: cluster.apiServer.image',
      why: 'only control planes have it',
    });
  });

  it('does not hold a value that is a secret elsewhere in one of them', () => {
    const have = worker('w');
    const want = worker('w', '  env: {TOKEN_COPY: sekret.0123456789abcdef}\n');
    expect(alike(have, want)).toMatchObject({ patch: '', leftOut: [{ why: 'a secret is not copied' }] });
    const named = worker(
      'w',
      '---\napiVersion: v1alpha1\nkind: LinkConfig\nname: sekret.0123456789abcdef\nmtu: 1400\n',
    );
    expect(JSON.stringify(alike(have, named))).not.toContain('sekret');
  });
});
