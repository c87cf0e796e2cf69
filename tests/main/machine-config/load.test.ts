import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../main/machine-config/documents/load.ts';
import { Failed } from '../../../main/lib/failed.ts';

function refused(text: string): {
  readonly text: string;
  readonly line: number | undefined;
  readonly hint: string | undefined;
} {
  try {
    loadConfig(text);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    const { message, details, where, hint } = error.failure;
    return { text: details ?? message, line: where?.line, hint };
  }
  throw new Error('nothing refused it');
}

describe('loading a machine config', () => {
  it('finds the documents of a text, by kind and name, and passes over empty ones', () => {
    const { documents } = loadConfig(
      'machine: {}\n---\n# nothing\n---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\n---\nnull\n',
    );
    expect(documents.map(({ kind, name, index, line }) => [kind.kind, name, index, line])).toEqual([
      ['v1alpha1', '', 0, 1],
      ['LinkConfig', 'eth0', 2, 5],
    ]);
  });

  it.each([
    ['no document', '# nothing\n', 'config not found', undefined],
    ['only a version', 'version: v1alpha1\n', 'error decoding document /v1alpha1/ (line 1): missing kind', 1],
    [
      'a kind without a version',
      '\nkind: LinkConfig\n',
      'error decoding document /LinkConfig/ (line 2): missing apiVersion',
      2,
    ],
    [
      'an unknown kind',
      'apiVersion: v1alpha1\nkind: LinkConfg\n',
      'error decoding document v1alpha1/LinkConfg/ (line 1): "LinkConfg" "v1alpha1": not registered',
      1,
    ],
    ['a list', 'machine: {}\n---\n- a\n', 'expected a YAML document at line 3', 3],
    [
      'one document twice',
      'machine: {}\n---\ndebug: true\n',
      'duplicate document /v1alpha1/ is not allowed (line 3)',
      3,
    ],
    [
      'two documents of one name',
      'apiVersion: v1alpha1\nkind: LinkConfig\nname: a\n---\napiVersion: v1alpha1\nkind: LinkConfig\nname: a\n',
      'duplicate document v1alpha1/LinkConfig/a is not allowed (line 5)',
      5,
    ],
    [
      'a value of the wrong type',
      'machine:\n  network:\n    interfaces:\n      - interface: a\n        mtu: big\n',
      'error decoding document /v1alpha1/ (line 1): line 5: machine.network.interfaces[0].mtu wants a whole number',
      5,
    ],
    [
      'a list where a mapping must be',
      'machine: []\n',
      'error decoding document /v1alpha1/ (line 1): line 1: machine wants a mapping',
      1,
    ],
    ['a tab', 'machine:\n\ttype: worker\n', 'Line 2, column 1: a tab is used for indentation; use spaces.', 2],
    [
      'an anchor',
      'machine: &a\n  type: worker\n',
      'Line 2, column 3: an anchor (&name); Minos reads machine configs without them.',
      2,
    ],
    [
      'a tag',
      'machine: !x\n  type: worker\n',
      'Line 2, column 3: a tag (!name); Minos reads machine configs without them.',
      2,
    ],
    [
      'more than 3 MB',
      `machine: {token: ${'x'.repeat(3 * 1024 * 1024)}}`,
      'A machine config of more than 3 MB; Talos takes none that long.',
      undefined,
    ],
  ])('refuses %s, with its line', (_, text, message, line) => {
    expect(refused(text)).toMatchObject({ text: message, line });
  });

  it.each([
    [
      'a duration',
      `machine: {time: {bootTimeout: ${'1'.repeat(200_000)}}}\n`,
      'machine.time.bootTimeout wants a duration',
    ],
    ['base64', `machine: {ca: {crt: "${' '.repeat(200_000)}!"}}\n`, 'machine.ca.crt wants base64'],
  ])(
    'refuses a long text that is no %s in no time',
    (_, text, said) => {
      expect(refused(text).text).toContain(said);
    },
    10_000,
  );

  it('names unknown keys with the nearest known ones, and does not quote what they hold', () => {
    expect(refused('machine:\n  tokn: very-secret\n  kubelet:\n    extraArg:\n      a: b\n')).toEqual({
      text: 'error decoding document /v1alpha1/ (line 1): unknown keys found during decoding:\nmachine:\n    tokn: "…"\n    kubelet:\n        extraArg:\n            a: "…"',
      line: 2,
      hint: 'Line 2: Talos does not know machine.tokn and 1 more. Is token meant?',
    });
    expect(refused('apiVersion: v1alpha1\nkind: LinkConfg\n').hint).toBe('Is LinkConfig meant?');
  });
});
