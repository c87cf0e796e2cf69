import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findImportSources, recogniseAll } from '../../../main/talosconfig/import-sources.ts';

const named = (name: string): string =>
  `context: ${name}\ncontexts:\n    ${name}:\n        endpoints:\n            - 10.5.0.2\n        key: S0VZS0VZS0VZS0VZS0VZS0VZ\n`;
const FILE = named('a');
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const input = (name: string): string => readFileSync(new URL(`./inputs/${name}`, import.meta.url), 'utf8');
const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

/** Names of the contexts in each source, and what the failures say. */
async function look(
  text: string | Buffer,
): Promise<{ names: string[][]; failures: string[]; wrapped: string; labels: string[] }> {
  const { sources, failures } = await recogniseAll(Buffer.from(text), 'x');
  return {
    names: sources.map(({ talosconfig }) => talosconfig.contexts.map(({ name }) => name)),
    labels: sources.map(({ label }) => label),
    failures: failures.map(({ failure }) => `${failure.message} ${failure.hint ?? ''}`),
    wrapped: sources[0]?.wrapped.join(' ') ?? '',
  };
}

const secret = (field: string, key: string, value: string, name = 's'): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  [field]: { other: 'eA==', [key]: value },
});

describe('what people paste and drop', () => {
  test.each<[string, string, string]>([
    ["a ServiceAccount's Secret", input('talos-serviceaccount-secret'), 'kubernetes-secret'],
    ['Markdown', input('markdown-fence'), 'markdown'],
    ['a heredoc of Terraform', input('terraform-heredoc'), 'heredoc'],
    ['outputs of Terraform', input('terraform-output-json'), 'output'],
    ['one output of Terraform', input('terraform-output-json-string'), 'string'],
    ["base64 with zsh's sign", input('base64-zsh-percent'), 'base64'],
    ['stringData with `config`', JSON.stringify(secret('stringData', 'config', FILE)), 'kubernetes-secret'],
    ['a Secret with another key', JSON.stringify(secret('data', 'talos.yaml', base64(FILE))), 'kubernetes-secret'],
    [
      'a Secret in Markdown',
      `See:\n\n~~~\n${JSON.stringify(secret('data', 'config', base64(FILE)))}\n~~~\nThanks`,
      'markdown kubernetes-secret',
    ],
    ['Markdown with text around it', `Hi: here it is\n\n\`\`\`yaml\n${FILE}\`\`\`\n\nUse it: well.`, 'markdown'],
    [
      'Markdown in a list and in a quote',
      `> 1. this\n>    \`\`\`\n${indented(FILE, '>    ')}>    \`\`\`\n`,
      'markdown',
    ],
    ['Markdown without its end', `\`\`\`\n${FILE}`, 'markdown'],
    ['Markdown with other blocks', `\`\`\`sh\nkubectl get secret\n\`\`\`\n\`\`\`yaml\n${FILE}\`\`\`\n`, 'markdown'],
    ['a command with a heredoc', `cat > ~/.talos/config <<'EOF'\n${FILE}EOF\nchmod 600 ~/.talos/config\n`, 'heredoc'],
    [
      'all outputs of Terraform',
      `kubeconfig = <sensitive>\ntalosconfig = <<-EOT\n${indented(FILE, '    ')}EOT\n`,
      'heredoc',
    ],
    ['a heredoc that ends with the sign of a shell', `<<EOT\n${FILE}EOT%`, 'heredoc'],
    ['an assignment', `talosconfig = ${JSON.stringify(FILE)}\n`, 'string'],
    ['a quoted string of base64', `"${base64(FILE)}"\n`, 'base64'],
    ['base64 in lines of 76', base64(FILE.repeat(1)).replace(/.{76}/g, '$&\r\n'), 'base64'],
    ['base64 in lines, indented', indented(base64(FILE).replace(/.{40}/g, '$&\n'), '    '), 'base64'],
    ['base64 as of URLs', base64(FILE).replaceAll('+', '-').replaceAll('/', '_'), 'base64'],
    ['base64 in code signs', `\`${base64(FILE)}\``, 'base64'],
    ['a file that ends with the sign of zsh', `${FILE.trimEnd()}%`, ''],
    ['one that ends with the sign of a root shell', `${FILE.trimEnd()}#\n`, ''],
    ['one that ends with the sign of fish', `${FILE.trimEnd()}⏎ \n`, ''],
    ['JSON that ends with the sign of zsh', `${JSON.stringify({ contexts: { a: {} } })}%`, ''],
    ['outputs of Pulumi', JSON.stringify({ talosconfig: FILE, ip: '10.0.0.1' }), 'output'],
    [
      'an output that is an object',
      JSON.stringify({ talosconfig: { value: { context: 'a', contexts: { a: { endpoints: ['e'] } } } } }),
      'output',
    ],
    ['base64 in an output', JSON.stringify([{ talosconfig_b64: base64(FILE) }]), 'output'],
    ['a ConfigMap', `kind: ConfigMap\ndata:\n  talosconfig: |\n${indented(FILE, '    ')}`, 'output'],
    ['one document with marks around it', `---\n# mine\n${FILE}...\n`, ''],
    ['a document after an empty one', `---\n# nothing\n---\n${FILE}`, 'documents'],
  ])('%s', async (_name, text, wrapped) => {
    const found = await look(text);

    expect(found.failures).toEqual([]);
    expect([found.names.length, found.names[0]?.length, found.wrapped]).toEqual([1, 1, wrapped]);
  });

  test('a List of Secrets gives each with its name', async () => {
    const found = await look(input('kubectl-secret-list'));

    expect([found.names, found.labels]).toEqual([
      [['prod'], ['lab']],
      ['x (prod-talosconfig)', 'x (lab-talosconfig)'],
    ]);
    const same = {
      kind: 'SecretList',
      items: [secret('data', 'talosconfig', base64(FILE)), secret('data', 'talosconfig', base64(named('b')))],
    };
    expect((await look(JSON.stringify(same))).labels).toEqual(['x (s)', 'x (s) #2']);
  });

  test('several documents are all offered, and those that are none are named', async () => {
    const found = await look(`${FILE}---\nmachine: {}\n---\n${named('b')}---\nhello\n`);

    expect(found.names).toEqual([['a'], ['b']]);
    expect(found.failures).toEqual([
      'x holds more than talosconfigs: document 2: it is a machine configuration; document 4: it is plain text or a list. These are left out.',
    ]);
  });

  test('a document that is something else is named in one sentence', async () => {
    expect((await look(`kind: Foo\n---\n${FILE}`)).failures).toEqual([
      'x holds more than talosconfigs: document 1: Line 1, column 1: not a talosconfig: it has neither “contexts” nor “context”. These are left out.',
    ]);
  });

  test('a document that was meant to be a talosconfig says what is wrong with it', async () => {
    const { names, failures } = await look(`${FILE}---\ncontext: b\ncontexts: [\n`);

    expect([names, failures]).toEqual([[['a']], [expect.stringMatching(/^Line \d/)]]);
  });

  test('documents of which none is a talosconfig are one failure', async () => {
    expect((await look('a: b\n---\nmachine: {}\n')).failures).toEqual([
      expect.stringMatching(/^x holds no talosconfig: document 1: .*; document 2: it is a machine configuration\./),
    ]);
  });
});

describe('what is refused by its name', () => {
  test.each<[string, string, RegExp]>([
    ['SOPS', input('sops'), /encrypted with SOPS\. Decrypt it first: sops -d FILE/],
    ['SOPS as JSON', JSON.stringify({ data: 'ENC[AES256_GCM,data:x]', sops: { version: '3' } }), /encrypted with SOPS/],
    [
      'a Secret in SOPS',
      JSON.stringify({ ...secret('stringData', 'talosconfig', 'ENC[AES256_GCM,data:x]'), sops: {} }),
      /encrypted with SOPS/,
    ],
    [
      'age',
      '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n',
      /encrypted with age.*age -d/,
    ],
    ['PGP', '-----BEGIN PGP MESSAGE-----\n\nhQ\n', /encrypted with PGP/],
    ['Ansible Vault', '$ANSIBLE_VAULT;1.1;AES256\n6162\n', /Ansible Vault.*ansible-vault view/],
    ['a sealed Secret', 'kind: SealedSecret\nspec: {}\n', /SealedSecret/],
    ['hidden outputs', 'talosconfig = <sensitive>\nkubeconfig = <sensitive>\n', /terraform output -raw/],
    ['a List without one', JSON.stringify({ kind: 'List', items: [{ kind: 'Pod' }] }), /List without a Secret/],
    ['a long word', 'thisisonlyaverylongwordandnothingelse', /plain text/],
    ['words', 'hello there, this is no file', /plain text/],
  ])('%s', async (_name, text, words) => {
    const { names, failures } = await look(text);

    expect([names, failures]).toEqual([[], [expect.stringMatching(words)]]);
  });
});

describe('bounds', () => {
  test('things inside one another are opened a fixed number of times', async () => {
    let text = FILE;
    for (let i = 0; i < 12; i++) text = JSON.stringify(text);

    expect((await look(text)).failures).toEqual([expect.stringMatching(/wrapped too many times/)]);
  });

  test('of a text with very many parts only the first are looked at', async () => {
    const found = await look(Array.from({ length: 80 }, (_, n) => named(`n${n}`)).join('---\n'));

    expect([found.names.length, found.failures]).toEqual([50, [expect.stringMatching(/more than 50/)]]);
  });

  test('also where each part has many parts', async () => {
    const inner = Array.from({ length: 40 }, () => named('a')).join('---\n');
    const found = await look(JSON.stringify(Array.from({ length: 40 }, () => inner)));

    expect(found.names.length).toBeLessThanOrEqual(50);
    expect(found.failures.some((text) => text.includes('more than 50'))).toBe(true);
  });

  test('a packed part that unpacks to too much is refused', async () => {
    const packed = base64(gzipSync(Buffer.alloc(2 * 1024 * 1024, 'a')));

    expect((await look(JSON.stringify(secret('data', 'config', packed)))).failures).toEqual([
      expect.stringMatching(/more than 1 MiB/),
    ]);
  });
});

describe('a dropped folder', () => {
  const files = async (...paths: readonly string[]): Promise<readonly string[]> => {
    const folder = await mkdtemp(join(tmpdir(), 'import-forms-'));
    try {
      for (const path of paths) {
        await mkdir(join(folder, path, '..'), { recursive: true });
        await writeFile(join(folder, path), FILE);
      }
      const drop = paths[0]?.startsWith('.talos/') ? join(folder, '.talos') : folder;
      const { sources, failures } = await findImportSources(drop);
      expect(failures).toEqual([]);
      return sources.map(({ label }) => relative(folder, label));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  test.each<[string, readonly string[], readonly string[]]>([
    ['`~/.talos`', ['.talos/config', '.talos/clusters/state.yaml', '.talos/keys/k'], ['.talos/config']],
    ['a home with it', ['x/readme', '.talos/config'].reverse(), ['.talos/config']],
    ['a folder called otherwise with a file `config`', ['config', 'other'], ['config']],
    [
      'many `.talosconfig`',
      ['prod.talosconfig', 'lab.talosconfig', 'deep/x.talosconfig.yaml', 'config'],
      ['deep/x.talosconfig.yaml', 'lab.talosconfig', 'prod.talosconfig'],
    ],
  ])('%s', async (_name, paths, expected) => {
    expect(await files(...paths)).toEqual(expected);
  });
});
