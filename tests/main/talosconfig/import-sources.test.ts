import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findImportSources, recogniseAll, type ImportSource } from '../../../main/talosconfig/import-sources.ts';
import { Failed } from '../../../main/lib/failed.ts';

const FILE = 'context: a\ncontexts:\n    a:\n        endpoints: [10.5.0.2]\n        key: S0VZ\n';
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const bytes = (text: string): Buffer => Buffer.from(text);
const secretYaml = (field: string, value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n${field}:\n  other: eA==\n  talosconfig: ${value}\n`;

/** The first talosconfig in bytes; throws what says that there is none. */
async function recogniseTalosconfig(input: Uint8Array, label: string): Promise<ImportSource> {
  const { sources, failures } = await recogniseAll(input, label);
  if (sources[0] === undefined) throw failures[0] ?? new Error('neither a talosconfig nor a failure');
  return sources[0];
}

describe('recognises', () => {
  test.each<[string, Buffer, readonly string[]]>([
    ['a raw talosconfig', bytes(FILE), []],
    ['one with a byte order mark and CRLF', bytes(`\uFEFF${FILE.replaceAll('\n', '\r\n')}`), []],
    ['base64', bytes(base64(FILE)), ['base64']],
    ['base64 in lines', bytes(`${base64(FILE).replace(/.{20}/g, '$&\n')}\n`), ['base64']],
    ['gzip', gzipSync(FILE), ['gzip']],
    ['base64 of gzip', bytes(base64(gzipSync(FILE))), ['base64', 'gzip']],
    ["a Secret's data", bytes(secretYaml('data', base64(FILE))), ['kubernetes-secret']],
    ["a Secret's stringData", bytes(secretYaml('stringData', JSON.stringify(FILE))), ['kubernetes-secret']],
    [
      'a Secret as JSON',
      bytes(JSON.stringify({ kind: 'Secret', data: { talosconfig: base64(FILE) } })),
      ['kubernetes-secret'],
    ],
    [
      'a packed Secret of a packed file',
      gzipSync(secretYaml('data', base64(gzipSync(FILE)))),
      ['gzip', 'kubernetes-secret', 'gzip'],
    ],
  ])('%s', async (_name, input, wrapped) => {
    const source = await recogniseTalosconfig(input, 'x');

    expect([source.wrapped, source.talosconfig.contexts.map((c) => c.name), String(source.text)]).toEqual([
      wrapped,
      ['a'],
      '[secret]',
    ]);
  });

  test('stringData before data, as Kubernetes does', async () => {
    const both = `${secretYaml('data', base64(FILE.replaceAll('a:', 'old:').replace(': a', ': old')))}stringData: {talosconfig: ${JSON.stringify(FILE)}}\n`;

    expect((await recogniseTalosconfig(bytes(both), 'x')).talosconfig.current).toBe('a');
  });
});

describe('says what else it is', () => {
  test.each<[string, Buffer, string, RegExp]>([
    ['nothing', bytes(''), 'file-invalid', /it is empty/],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'file-invalid', /not UTF-8/],
    ['text', bytes('hello there\n'), 'file-invalid', /plain text/],
    [
      'a certificate',
      bytes('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
      'file-invalid',
      /key or certificate/,
    ],
    ['a kubeconfig', bytes('kind: Config\ncontexts: []\nclusters: []\nusers: []\n'), 'file-invalid', /kubeconfig/],
    [
      'a machine configuration',
      bytes('version: v1alpha1\nmachine: {}\ncluster: {}\n'),
      'file-invalid',
      /machine configuration/,
    ],
    ['secrets.yaml', bytes('secrets: {}\ncerts: {}\n'), 'file-invalid', /secrets bundle/],
    [
      'a Secret of something else',
      bytes('kind: Secret\ndata: {tls.key: eA==}\n'),
      'file-invalid',
      /without “talosconfig”/,
    ],
    ['other YAML', bytes('a: b\n'), 'file-invalid', /neither/],
    ['no contexts', bytes('context: ""\ncontexts: {}\n'), 'file-invalid', /without contexts/],
    ['invalid YAML', bytes('contexts: [\n'), 'file-invalid', /Line 2, column 1/],
    ['a damaged gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'file-invalid', /damaged gzip/],
    ['a gzip bomb', gzipSync(Buffer.alloc(2 * 1024 * 1024)), 'too-large', /more than 1 MiB/],
    [
      'base64 of base64 of …',
      bytes(Array.from({ length: 8 }).reduce<string>((text) => base64(text), FILE)),
      'file-invalid',
      /too many times/,
    ],
  ])('%s', async (_name, input, code, message) => {
    const failure: unknown = await recogniseTalosconfig(input, 'x').catch((error: unknown) => error);

    expect(failure instanceof Failed && [failure.failure.code, failure.failure.where?.file]).toEqual([code, 'x']);
    expect(String(failure)).toMatch(message);
  });
});

describe('a dropped path', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-import-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  test('a file of any name is read', async () => {
    await put('notes.txt', FILE);

    const { sources, failures } = await findImportSources(join(folder, 'notes.txt'));

    expect([sources.map((s) => basename(s.label)), failures]).toEqual([['notes.txt'], []]);
  });

  test('of a folder only files called talosconfig are read, two levels deep, links not followed', async () => {
    await put('talosconfig', FILE);
    await put('controlplane.yaml', FILE);
    await put('secrets.yaml', FILE);
    await put('a/talosconfig', FILE);
    await put('b/talosconfig.yaml', 'hello');
    await put('a/deeper/talosconfig', FILE);
    await mkdir(join(folder, 'c'));
    await symlink(join(folder, 'a', 'talosconfig'), join(folder, 'c', 'talosconfig'));

    const { sources, failures } = await findImportSources(folder);

    expect(sources.map((s) => s.label)).toEqual([join(folder, 'a', 'talosconfig'), join(folder, 'talosconfig')]);
    expect(failures.map((f) => f.failure.where?.file)).toEqual([join(folder, 'b', 'talosconfig.yaml')]);
  });

  test('a folder without one, one with too many files, and nothing at all are named', async () => {
    await put('controlplane.yaml', FILE);
    expect((await findImportSources(folder)).failures.map((f) => f.failure.code)).toEqual(['not-found']);
    for (let i = 0; i < 1_000; i++) await writeFile(join(folder, `f${i}`), '');
    expect((await findImportSources(folder)).failures.map((f) => f.failure.code)).toEqual(['too-large']);
    expect((await findImportSources(join(folder, 'none'))).failures.map((f) => f.failure.code)).toEqual([
      'file-missing',
    ]);
  });
});
