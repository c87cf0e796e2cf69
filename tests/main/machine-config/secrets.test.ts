import { describe, expect, it } from 'vitest';
import { Failed } from '../../../main/lib/failed.ts';
import { patchConfig } from '../../../main/machine-config/patch/patch-config.ts';
import { readConfig } from '../../../main/machine-config/read-config.ts';
import { Masker } from '../../../main/machine-config/secrets/mask.ts';
import { maskedDiff } from '../../../main/machine-config/secrets/masked-diff.ts';
import { loadConfig } from '../../../main/machine-config/documents/load.ts';
import {
  fieldsOf,
  kindNamed,
  kindNames,
  type Fields,
  type FieldType,
} from '../../../main/machine-config/schema/schema.ts';

const PEM = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIP\n-----END EC PRIVATE KEY-----\n';
const CONFIG = `version: v1alpha1 # tok-abcdef is the token
machine:
    type: worker
    token: tok-abcdef
    ca:
        crt: Y2VydGlmaWNhdGU=
        key: a2V5LW9mLXRoZS1jYQ==
    files:
        - content: |
            ${PEM.trimEnd().replaceAll('\n', '\n            ')}
          path: /etc/key
          op: create
          permissions: 0o600
cluster:
    secret: "tok-abcdef"
---
apiVersion: v1alpha1
kind: KubeEtcdEncryptionConfig
config:
    resources:
        - providers:
            - secretbox:
                keys:
                    - name: key2
                      secret: box-secret-value
`;

function failureOf(work: () => unknown): Failed['failure'] {
  try {
    work();
  } catch (error) {
    if (error instanceof Failed) return error.failure;
    throw error;
  }
  throw new Error('nothing refused it');
}

/** A document with a text of its own wherever the schema has a secret, and how many those are. */
function everySecret(root: string): { readonly lines: string; readonly count: number } {
  let count = 0;
  const value = (type: FieldType, indent: string, seen: readonly string[]): string | undefined => {
    if (type.is === 'struct') {
      if (seen.includes(type.id)) return undefined;
      const inner = fields(fieldsOf(type.id), `${indent}  `, [...seen, type.id]);
      return inner === '' ? undefined : `\n${inner.trimEnd()}`;
    }
    if (type.is === 'map') {
      const inner = value(type.of, `${indent}  `, seen);
      return inner === undefined ? undefined : `\n${indent}  x:${inner}`;
    }
    if (type.is !== 'list') return undefined;
    const inner = value(type.of, `${indent}  `, seen);
    return inner === undefined
      ? undefined
      : `\n${indent}  -${inner.startsWith('\n') ? inner.slice(indent.length + 4) : inner}`;
  };
  const fields = (of: Fields, indent: string, seen: readonly string[]): string =>
    [...of]
      .map(([name, { secret, type }]) => {
        if (secret) {
          count++;
          return type.is === 'object'
            ? `${indent}${name}: {keys: [{secret: SECRET${count}xxxx}]}\n`
            : `${indent}${name}: SECRET${count}xxxx\n`;
        }
        const inner = value(type, indent, seen);
        return inner === undefined ? '' : `${indent}${name}:${inner}\n`;
      })
      .join('');
  const lines = fields(fieldsOf(root), '', [root]);
  return { lines, count };
}

describe('secrets of a machine config', () => {
  it('have placeholders, the same for the same value; certificates and everything else stay', () => {
    const { text, secrets } = new Masker().config(CONFIG);
    expect(secrets.map(({ path, line, placeholder }) => [path, line, placeholder])).toEqual([
      ['machine.token', 4, '<secret-1>'],
      ['machine.ca.key', 7, '<secret-2>'],
      ['machine.files[0].content', 9, '<secret-3>'],
      ['cluster.secret', 17, '<secret-1>'],
      ['config.resources[0].providers[0].secretbox.keys[0].secret', 27, '<secret-4>'],
    ]);
    expect(text).toContain('# <secret-1> is the token');
    expect(text).toContain('crt: Y2VydGlmaWNhdGU=');
    expect(text).toContain('- content: <secret-3>\n          path: /etc/key');
    expect(text).not.toMatch(/tok-abcdef|a2V5|MHcCAQ|box-secret/);
    // It still is a config with the same documents.
    expect(loadConfig(text.replaceAll(/key: <secret-2>/g, 'key: AA==')).documents).toHaveLength(2);
  });

  it('of every kind of document are found where the schema has them', () => {
    let all = 0;
    for (const kind of kindNames()) {
      const known = kindNamed(kind);
      const { lines, count } = everySecret(known?.root ?? '');
      if (count === 0) continue;
      all += count;
      const head = kind === 'v1alpha1' ? 'version: v1alpha1\n' : `apiVersion: v1alpha1\nkind: ${kind}\n`;
      const { text, secrets } = new Masker().config(head + lines);
      expect(secrets, kind).toHaveLength(count);
      expect(text, kind).not.toContain('SECRET');
    }
    expect(all).toBeGreaterThan(30);
  });

  it('are hidden in what others say, however it is spelled there', () => {
    const masker = new Masker();
    masker.config(CONFIG);
    expect(masker.quoted(`wrong token "tok-abcdef" and ${JSON.stringify(PEM.slice(0, -1))}`)).toBe(
      'wrong token "<secret-1>" and "<secret-3>"',
    );
  });

  it('are hidden in comments, also those that stand nowhere else', () => {
    const key = Buffer.from(PEM).toString('base64');
    const [begin = '', middle = '', end = ''] = PEM.split('\n');
    const comments = [
      '# token: old-token-1 # of last year',
      "# {auth: 'b2xk', password: hunter2}",
      `# before that ${key}`,
      `# ${begin}`,
      `#   ${middle}`,
      `# ${end}`,
      '# the proxy was http://me:pass-word@proxy:3128',
      '# certificates are kept elsewhere',
    ];
    const { text, secrets } = new Masker().config(
      `${comments.join('\n')}\nversion: v1alpha1 # token: tok-abcdef\nmachine: {type: "a # token: b", token: tok-abcdef}\n`,
    );
    expect(text).toBe(
      [
        '# token: <secret-2>',
        '# {auth: <secret-3>',
        '# <secret-4>',
        '# <secret-5>',
        '#   <secret-6>',
        '# <secret-7>',
        '# <secret-8>',
        '# certificates are kept elsewhere',
        'version: v1alpha1 # token: <secret-1>',
        'machine: {type: "a # token: b", token: <secret-1>}\n',
      ].join('\n'),
    );
    expect(secrets.map(({ path }) => path)).toEqual(['machine.token']);
  });

  it('are hidden where a config is written in a way that Talos does not load', () => {
    const { text } = new Masker().config(
      [
        'machine:',
        '    ca: [{key: SECRET-1}]',
        '    network:',
        '        interfaces:',
        '            - {interface: wg0, wireguard: [privateKey, SECRET-2]}',
        '    registries: {config: {ghcr.io: {auth: SECRET-3}}}',
        '    type: {token: SECRET-4}',
        'cluster: null',
        '---',
        'apiVersion: v1alpha1',
        'kind: KubeEtcdEncryptionConfig',
        'config: "resources: [{secret: SECRET-5}]"',
        '',
      ].join('\n'),
    );
    expect(text).not.toContain('SECRET');
    expect(text).toContain('cluster: null');
  });

  it('in addresses and headers are hidden, wherever they stand', () => {
    const { text } = new Masker().config(
      [
        'machine:',
        '    env: {http_proxy: "http://me:SECRET-1@proxy:3128", no_proxy: 10.0.0.0/8}',
        '    install: {extraKernelArgs: ["talos.config=https://SECRET-2@host/config"], image: "ghcr.io/a/b:v1@sha256:0123"}',
        'cluster:',
        '    extraManifestHeaders: {Authorization: Bearer SECRET-3}',
        '',
      ].join('\n'),
    );
    expect(text).not.toContain('SECRET');
    expect(text).toContain('no_proxy: 10.0.0.0/8');
    expect(text).toContain('image: "ghcr.io/a/b:v1@sha256:0123"');
  });

  it('a word that is hidden because its field is not known is shown where it stands otherwise', () => {
    const config =
      'version: v1alpha1\nmachine:\n    type: controlplane\n---\napiVersion: v1beta9\nkind: FutureConfig\nname: mine\nrole: controlplane\nversion: v1alpha1\n';
    const { text, documents } = readConfig(config);
    expect(text).toContain('version: v1alpha1\nmachine:\n    type: controlplane\n');
    expect(text).toMatch(/name: <secret-1>\nrole: <secret-2>\nversion: <secret-3>\n$/);
    expect(documents.map(({ title, isKnown }) => [title, isKnown])).toEqual([
      ['v1alpha1', true],
      ['FutureConfig', false],
    ]);
  });

  it('that are words of the config do not keep it from being read', () => {
    const config = 'version: v1alpha1\nmachine:\n    token: version\ncluster:\n    secret: secret\n';
    const { text, documents, secrets } = readConfig(config);
    expect(documents.map(({ title }) => title)).toEqual(['v1alpha1']);
    expect(secrets.map(({ line, placeholder }) => [line, placeholder])).toEqual([
      [3, '<secret-1>'],
      [5, '<secret-2>'],
    ]);
    expect(text).toContain('token: <secret-1>\n');
  });

  it('are named with the line on which they are shown', () => {
    const { text, secrets, documents } = readConfig(CONFIG);
    const lines = text.split('\n');
    expect(secrets.map(({ path, line }) => [path, lines[line - 1]?.trim()])).toEqual([
      ['machine.token', 'token: <secret-1>'],
      ['machine.ca.key', 'key: <secret-2>'],
      ['machine.files[0].content', '- content: <secret-3>'],
      ['cluster.secret', 'secret: <secret-1>'],
      ['config.resources[0].providers[0].secretbox.keys[0].secret', 'secret: <secret-4>'],
    ]);
    const parts = documents.flatMap((one) => one.parts);
    expect(parts.map(({ path, line }) => [path, lines[line - 1]?.trim().split(':')[0]])).toEqual(
      parts.map(({ path }) => [path, path.split('.').at(-1)]),
    );
  });

  it('however many there are, a text is looked through once', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => `        key${i}: value-of-some-length-${i}`);
    const config = `version: v1alpha1\nmachine:\n    unknown:\n${values.join('\n')}\n# ${'-'.repeat(500_000)}\n`;
    expect(new Masker().config(config).secrets).toHaveLength(20_000);
  }, 10_000);

  it('that a patch moves into a place which is quoted are not in what refuses it', () => {
    const config = 'version: v1alpha1\nmachine:\n    token: tok-abcdef\ncluster:\n    secret: zyx\n';
    const copy = (from: string, path: string): string => JSON.stringify([{ op: 'copy', from, path }]);
    for (const patch of [
      copy('/machine/token', '/machine/tokn'),
      copy('/machine/token', '/kind'),
      copy('/cluster', '/machine/x'),
    ]) {
      const failed = failureOf(() => patchConfig(config, [patch]));
      expect(failed.code).toBe('file-invalid');
      expect(JSON.stringify(failed)).not.toMatch(/tok-abcdef|zyx/);
    }
  });

  it('are not in the difference where only the new version says that they are some', () => {
    const before = 'version: v1alpha1\nmachine:\n    type: worker # next-token-1\n    token: tok-abcdef\n';
    expect(JSON.stringify(maskedDiff(before, before.replace('tok-abcdef', 'next-token-1')))).not.toMatch(
      /next-token|tok-abc/,
    );
  });

  it('are not in the difference of two versions, which still says whether one changed', () => {
    const lines = maskedDiff(
      CONFIG,
      CONFIG.replace('    token: tok-abcdef', '    token: tok-other1').replace('worker', 'controlplane'),
    );
    expect(lines.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => [kind, text.trim()])).toEqual([
      ['removed', 'type: worker'],
      ['removed', 'token: <secret-1>'],
      ['added', 'type: controlplane'],
      ['added', 'token: <secret-5>'],
    ]);
  });

  it('a version that is no config is not shown', () => {
    expect(maskedDiff('', 'token: secret').map(({ text }) => text)).toEqual(['[text that is no machine config]']);
  });
});
