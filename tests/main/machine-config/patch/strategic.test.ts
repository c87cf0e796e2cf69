import { describe, expect, it } from 'vitest';
import { patched, refusal } from './patched.ts';

const HEAD = 'version: v1alpha1\n';
const v1 = (...lines: readonly string[]): string => HEAD + lines.map((line) => `${line}\n`).join('');
const doc = (kind: string, ...lines: readonly string[]): string =>
  ['apiVersion: v1alpha1', `kind: ${kind}`, ...lines].map((line) => `${line}\n`).join('');

describe('a strategic merge patch: fields', () => {
  it.each([
    ['a text replaces one', 'machine:', '    token: a', '    token: b', '    token: b'],
    ['an empty text cannot overwrite', 'machine:', '    token: a', '    token: ""', '    token: a'],
    ['null leaves what is there', 'machine:', '    token: a', '    token: null', '    token: a'],
    [
      'a boolean is replaced, false included',
      'machine:',
      '    install: {wipe: true}',
      '    install: {wipe: false}',
      '    install: {wipe: false}',
    ],
    [
      'a number replaces one',
      'machine:',
      '    network: {kubespan: {mtu: 1400}}',
      '    network: {kubespan: {mtu: 1300}}',
      '    network: {kubespan: {mtu: 1300}}',
    ],
    [
      'an optional number is replaced by 0',
      'machine:',
      '    network: {kubespan: {mtu: 1400}}',
      '    network: {kubespan: {mtu: 0}}',
      '    network: {kubespan: {mtu: 0}}',
    ],
    [
      'lists are appended, duplicates kept',
      'machine:',
      '    certSANs: [a, b]',
      '    certSANs: [b, c]',
      '    certSANs: [a, b, b, c]',
    ],
    ['an empty list changes nothing', 'machine:', '    certSANs: [a]', '    certSANs: []', '    certSANs: [a]'],
    [
      'pod subnets are replaced',
      'cluster:',
      '    network: {podSubnets: [10.0.0.0/8]}',
      '    network: {podSubnets: [10.1.0.0/16]}',
      '    network: {podSubnets: [10.1.0.0/16]}',
    ],
    [
      'a list to be replaced is cleared by []',
      'cluster:',
      '    network: {podSubnets: [10.0.0.0/8]}',
      '    network: {podSubnets: []}',
      '    network: {podSubnets: []}',
    ],
    [
      'a list to be replaced stays with null',
      'cluster:',
      '    network: {podSubnets: [10.0.0.0/8]}',
      '    network: {podSubnets: null}',
      '    network: {podSubnets: [10.0.0.0/8]}',
    ],
    [
      'the audit policy is replaced whole',
      'cluster:',
      '    apiServer: {auditPolicy: {a: 1, b: 2}}',
      '    apiServer: {auditPolicy: {a: 3}}',
      '    apiServer: {auditPolicy: {a: 3}}',
    ],
    [
      'maps are merged by key',
      'machine:',
      '    sysctls: {a: "1", b: "2"}',
      '    sysctls: {b: "3", c: "4"}',
      '    sysctls: {a: "1", b: "3", c: "4"}',
    ],
    [
      'an empty text in a map does not overwrite',
      'machine:',
      '    sysctls: {a: "1"}',
      '    sysctls: {a: "", b: ""}',
      '    sysctls: {a: "1", b: ""}',
    ],
    [
      'arguments are replaced, not joined',
      'machine:',
      '    kubelet: {extraArgs: {v: [a, b], w: x}}',
      '    kubelet: {extraArgs: {v: [c]}}',
      '    kubelet: {extraArgs: {v: [c], w: x}}',
    ],
    [
      'a certificate with its key is replaced as one',
      'machine:',
      '    ca: {crt: YQ==, key: Yg==}',
      '    ca: {crt: Yw==}',
      '    ca: {crt: Yw==}',
    ],
  ])('%s', (_, section, before, patch, after) => {
    expect(patched(v1(section, before), v1(section, patch))).toBe(v1(section, after));
  });

  it('a free form is merged key by key: zero, empty text and [] change nothing, lists are appended, booleans replaced', () => {
    const at = (...lines: readonly string[]): string =>
      v1('machine:', '    kubelet:', '        extraConfig:', ...lines.map((line) => `            ${line}`));
    const before = at('n: 5', 's: text', 'l: [1]', 'b: true', 'deep:', '    x: 1');
    const patch = at('n: 0', 's: ""', 'l: [2]', 'b: false', 'deep: {z: 2}', 'new: 3');
    expect(patched(before, patch)).toBe(
      at('n: 5', 's: text', 'l: [1, 2]', 'b: false', 'deep:', '    x: 1', '    z: 2', 'new: 3'),
    );
  });

  it('a free form refuses another type, and null over a value', () => {
    const at = (value: string): string => v1('machine:', `    kubelet: {extraConfig: {n: ${value}}}`);
    expect(refusal(() => patched(at('1'), at('"s"')))).toMatch(
      /merge field meta\.Unstructured\.Object: merge type mismatch left int right string$/,
    );
    expect(refusal(() => patched(at('1'), at('null')))).toContain('null over a value');
    const zeros = '0'.repeat(200_000);
    expect(patched(at('1.5'), at(`${zeros}.${zeros}1`))).toBe(at(`${zeros}.${zeros}1`));
    expect(patched(at('1.5'), at(`${zeros}.0`))).toBe(at('1.5'));
  });

  it('an enum cannot be set to its word for zero', () => {
    const rule = (ingress: string): string => doc('NetworkDefaultActionConfig', `ingress: ${ingress}`);
    expect(patched(rule('block'), rule('accept'))).toBe(rule('block'));
    expect(patched(rule('accept'), rule('block'))).toBe(rule('block'));
  });

  it('sizes are always taken from the patch once it names what they are part of', () => {
    const volume = (...lines: readonly string[]): string => doc('UserVolumeConfig', 'name: data', ...lines);
    expect(
      patched(volume('provisioning:', '    minSize: 1GiB', '    grow: true'), volume('provisioning: {maxSize: 5GiB}')),
    ).toBe(volume('provisioning:', '    grow: true', '    maxSize: 5GiB'));
    expect(patched(volume('provisioning: {minSize: 1GiB}'), volume('filesystem: {type: xfs}'))).toBe(
      volume('provisioning: {minSize: 1GiB}', 'filesystem:', '    type: xfs'),
    );
  });
});

describe('a strategic merge patch: lists with keys', () => {
  const net = (...lines: readonly string[]): string =>
    v1('machine:', '    network:', '        interfaces:', ...lines.map((l) => `            ${l}`));

  it('interfaces are found by name, others appended', () => {
    expect(
      patched(
        net('- interface: eth0 # up', '  mtu: 1500', '- interface: eth1'),
        net('- interface: eth1', '  dhcp: true', '- interface: eth2', '- interface: eth0', '  mtu: 9000'),
      ),
    ).toBe(net('- interface: eth0 # up', '  mtu: 9000', '- interface: eth1', '  dhcp: true', '- interface: eth2'));
  });

  it('interfaces without a name are found by an equal selector, in any order of its fields', () => {
    expect(
      patched(
        net('- deviceSelector: {driver: e1000, busPath: "0*"}', '  mtu: 1500'),
        net('- deviceSelector: {busPath: "0*", driver: e1000}', '  mtu: 9000', '- deviceSelector: {driver: other}'),
      ),
    ).toBe(
      net(
        '- deviceSelector: {driver: e1000, busPath: "0*"}',
        '  mtu: 9000',
        '- deviceSelector:',
        '      driver: other',
      ),
    );
  });

  it('VLANs by id, and their addresses are appended', () => {
    expect(
      patched(
        net('- interface: eth0', '  vlans:', '      - vlanId: 5', '        addresses: [10.0.0.1/24]'),
        net(
          '- interface: eth0',
          '  vlans:',
          '      - vlanId: 5',
          '        addresses: [10.0.0.2/24]',
          '      - vlanId: 6',
        ),
      ),
    ).toBe(
      net(
        '- interface: eth0',
        '  vlans:',
        '      - vlanId: 5',
        '        addresses: [10.0.0.1/24, 10.0.0.2/24]',
        '      - vlanId: 6',
      ),
    );
  });

  it('admission plugins by name, files of an extension by their place, image rules by pattern and as a whole', () => {
    const plugins = (...items: readonly string[]): string =>
      v1('cluster:', '    apiServer:', '        admissionControl:', ...items);
    expect(
      patched(
        plugins('            - name: A', '              configuration: {x: 1}'),
        plugins('            - name: A', '              configuration: {z: 2}'),
      ),
    ).toBe(plugins('            - name: A', '              configuration: {x: 1, z: 2}'));
    const files = (content: string): string =>
      doc('ExtensionServiceConfig', 'name: e', 'configFiles:', '    - mountPath: /a', `      content: ${content}`);
    expect(patched(files('one'), files('two'))).toBe(files('two'));
    const rules = (...lines: readonly string[]): string =>
      doc('ImageVerificationConfig', 'rules:', '    - image: a/*', ...lines);
    expect(patched(rules('      skip: true'), rules('      deny: true'))).toBe(rules('      deny: true'));
  });
});

describe('a strategic merge patch: documents', () => {
  const LINKS = `${doc('LinkConfig', 'name: eth0', 'mtu: 1500 # as before')}---\n${doc('LinkConfig', 'name: eth1')}`;

  it('are found by kind and name; one that is not there is appended', () => {
    expect(
      patched(LINKS, `${doc('LinkConfig', 'name: eth1', 'up: true')}---\n${doc('LinkConfig', 'name: eth2')}`),
    ).toBe(`${LINKS}up: true\n---\n${doc('LinkConfig', 'name: eth2')}`);
  });

  it('several of a patch may be for one of the config', () => {
    const hosts = (...names: readonly string[]): string =>
      doc('StaticHostConfig', 'name: 10.0.0.1', `hostnames: [${names.join(', ')}]`);
    expect(patched(hosts('a'), `${hosts('b')}---\n${hosts('c')}`)).toBe(hosts('a', 'b', 'c'));
  });

  it('that are of one kind twice, or may not stand together, are refused', () => {
    expect(refusal(() => patched(LINKS, `${doc('LinkConfig', 'name: x')}---\n${doc('LinkConfig', 'name: x')}`))).toBe(
      'nothing refused it',
    );
    expect(refusal(() => patched(LINKS, doc('BridgeConfig', 'name: eth0')))).toBe(
      'conflicting documents: LinkConfig/eth0 and BridgeConfig/eth0',
    );
    expect(refusal(() => patched(LINKS, doc('VethConfig', 'name: v0', 'peer: {name: eth1}')))).toBe(
      'conflicting link configurations: VethConfig/v0 and LinkConfig/eth1 both configure "eth1"',
    );
  });

  it('a patch that changes nothing leaves the text as it is', () => {
    const text = v1('machine: {token:   a}');
    expect(patched(text, v1('machine:', '    token: a'), v1('persist: null', 'machine: {}'))).toBe(text);
  });
});

describe('$patch: delete', () => {
  const LINKS = `${doc('LinkConfig', 'name: eth0')}---\n# second\n${doc('LinkConfig', 'name: eth1', 'mtu: 1')}---\n${doc('HostnameConfig', 'hostname: a')}`;

  it('takes a document by its name, or all of its kind', () => {
    expect(patched(LINKS, doc('LinkConfig', 'name: eth1', '$patch: delete'))).toBe(
      `${doc('LinkConfig', 'name: eth0')}---\n${doc('HostnameConfig', 'hostname: a')}`,
    );
    expect(patched(LINKS, doc('LinkConfig', '$patch: delete'))).toBe(`---\n${doc('HostnameConfig', 'hostname: a')}`);
    expect(patched(LINKS, doc('LinkConfig', 'name: eth7', '$patch: delete'))).toBe(LINKS);
  });

  it('takes a field, a key of a map, and an element of a list by its first pair', () => {
    const before = v1(
      'machine:',
      '    type: worker',
      '    sysctls:',
      '        a: "1"',
      '        b: "2"',
      '    network:',
      '        hostname: x',
      '        interfaces:',
      '            - interface: eth0',
      '            - interface: eth1',
      '              mtu: 1',
    );
    const patch = v1(
      'machine:',
      '    sysctls:',
      '        a: {$patch: delete}',
      '    network:',
      '        hostname:',
      '            $patch: delete',
      '        interfaces:',
      '            - interface: eth1',
      '              $patch: delete',
    );
    expect(patched(before, patch)).toBe(
      v1(
        'machine:',
        '    type: worker',
        '    sysctls:',
        '        b: "2"',
        '    network:',
        '        interfaces:',
        '            - interface: eth0',
      ),
    );
  });

  it('of another kind is done in its order: a second patch deletes what a first one set', () => {
    const before = doc('LinkConfig', 'name: eth0', 'mtu: 1');
    const patches = [
      doc('LinkConfig', 'name: eth0', 'mtu: 2'),
      doc('LinkConfig', 'name: eth0', 'mtu: {$patch: delete}'),
    ];
    expect(patched(before, ...patches)).toBe(doc('LinkConfig', 'name: eth0'));
    expect(patched(before, ...patches.toReversed())).toBe(doc('LinkConfig', 'name: eth0', 'mtu: 2'));
    const v1s = ['machine: {sysctls: {a: "1"}}', 'machine: {sysctls: {a: {$patch: delete}}}'].map((line) => v1(line));
    expect(patched(v1('machine: {}'), ...v1s)).not.toContain('"1"');
  });

  it('of a list of texts takes it whole, of a document that is not there nothing', () => {
    const before = v1('machine:', '    type: worker', '    certSANs:', '        - a');
    expect(patched(before, v1('machine: {certSANs: {$patch: delete}}'))).toBe(v1('machine:', '    type: worker'));
    expect(patched(before, doc('HostnameConfig', '$patch: delete'))).toBe(before);
    expect(refusal(() => patched(before, 'kind: HostnameConfig\nauto: {$patch: delete}\n'))).toContain(
      'kind and apiVersion must be both set',
    );
  });

  it('comes before what the same document sets', () => {
    const before = v1('machine:', '    network:', '        nameservers: [1.1.1.1]');
    const patch = `${v1('machine: {network: {nameservers: [9.9.9.9]}}')}---\n${v1('machine: {network: {nameservers: {$patch: delete}}}')}`;
    expect(patched(before, patch)).toBe(v1('machine:', '    network:', '        nameservers: [9.9.9.9]'));
  });

  it.each([
    [
      'a field below what is not there',
      v1('machine: {}'),
      'machine: {network: {hostname: {$patch: delete}}}',
      "patch delete: path 'machine.network.hostname' in document '/v1alpha1': failed to delete path 'machine.network.hostname': lookup failed",
    ],
    [
      'an element that is not there',
      v1('machine: {network: {interfaces: []}}'),
      'machine: {network: {interfaces: [{interface: eth1, $patch: delete}]}}',
      "patch delete: path 'machine.network.interfaces.[0]' in document '/v1alpha1': failed to delete path 'machine.network.interfaces.[0]': lookup failed",
    ],
    [
      'the v1alpha1 document',
      v1('machine: {}'),
      'machine: {}\n$patch: delete',
      'error processing patch delete statements at line 1: missing apiVersion in document for which $patch: delete is used',
    ],
    [
      'below an element of a list',
      v1('machine: {}'),
      'machine: {network: {interfaces: [{interface: a, mtu: {$patch: delete}}]}}',
      "error processing patch delete statements at line 1: cannot delete an inner key in 'machine.network.interfaces.[0].mtu'",
    ],
    [
      'an element without a pair',
      v1('machine: {}'),
      'machine: {certSANs: [{$patch: delete}]}',
      'error processing patch delete statements at line 1: no key:val found in sequence node for path machine.certSANs.[0]',
    ],
    [
      'half of what names a document',
      v1('machine: {}'),
      'kind: LinkConfig\nmtu: {$patch: delete}',
      'error processing patch delete statements at line 1: kind and apiVersion must be both set for path mtu',
    ],
  ])('refuses %s', (_, before, patch, text) => {
    expect(refusal(() => patched(before, patch))).toBe(text);
  });
});
