import { describe, expect, it } from 'vitest';
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
