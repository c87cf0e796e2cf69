import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../../main/credentials/mint.ts';
import type { ImportClass, ImportPreview } from '../../../../preload/contract/index.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const DAY_MS = 86_400_000;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const input = (name: string): URL => new URL(`../../talosconfig/inputs/${name}`, import.meta.url);

/** The body of a context, indented as in a file. */
type Body = string;
let alpha: { admin: Body; renewed: Body; reader: Body };
let beta: { admin: Body };

beforeAll(async () => {
  const mint = async (name: string) => {
    const authority = await mintAuthority(name);
    return async (organizations: string[], days: number): Promise<Body> => {
      const leaf = await authority.issue({
        commonName: 'me',
        organizations,
        eku: 'clientAuth',
        notAfterMs: Date.now() + days * DAY_MS,
      });
      return `    endpoints: [10.0.0.1]\n    ca: ${base64(authority.certPem)}\n    crt: ${base64(leaf.certPem)}\n    key: ${base64(leaf.talosKeyPem)}\n`;
    };
  };
  const [a, b] = [await mint('alpha'), await mint('beta')];
  alpha = {
    admin: await a(['os:admin'], 20),
    renewed: await a(['os:admin'], 300),
    reader: await a(['os:reader'], 100),
  };
  beta = { admin: await b(['os:admin'], 100) };
});

const file = (current: string, contexts: Record<string, Body>): string =>
  `context: ${current}\ncontexts:\n` +
  Object.entries(contexts)
    .map(([name, body]) => `  ${name}:\n${body}`)
    .join('');

let opened: TestWorkspace;
afterEach(() => opened.close());

async function start(text: string | undefined): Promise<void> {
  opened = await openWorkspace(text);
}
const imports = () => opened.workspace.editing.imports;
const now = (): Promise<string> => readFile(opened.path, 'utf8');
const classesOf = ({ rows }: ImportPreview): Record<string, ImportClass> =>
  Object.fromEntries(rows.map((row) => [row.incoming.name, row.class]));
const wish = (token: string, over: object = {}) => ({
  token,
  choices: [],
  switchCurrent: false,
  asTalosctl: false,
  ...over,
});

describe('an import', () => {
  it('classifies every incoming context by its content', async () => {
    await start(file('prod', { prod: alpha.admin }));

    const preview = await imports().fromText(
      file('x', {
        same: alpha.admin,
        prod: beta.admin,
        newer: alpha.renewed,
        reader: alpha.reader,
        bad: '    crt: "!"\n',
      }),
      'clipboard',
    );

    expect(classesOf(preview)).toEqual({
      same: 'identical',
      prod: 'name-taken',
      newer: 'renewed',
      reader: 'same-cluster-other-role',
      bad: 'broken',
    });
    expect(JSON.stringify(preview)).not.toContain(alpha.admin.slice(60, 120));
  });

  it('writes the defaults, keeps comments and does not switch the current context', async () => {
    const text = `# mine\n${file('prod', { prod: alpha.admin })}`;
    await start(text);
    const { token } = await imports().fromText(file('beta', { beta: beta.admin, prod: beta.admin }), 'clipboard');

    const plan = await imports().plan(wish(token));
    const before = await now();
    const applied = await opened.workspace.plans.apply(plan.token);

    expect(before).toBe(text);
    expect(applied.what).toContain('Imported beta');
    expect((await now()).startsWith('# mine\ncontext: prod\n')).toBe(true);
    expect(opened.workspace.talosconfig.state.current.contexts.map(({ name }) => name)).toEqual(['prod', 'beta']);
    expect(plan.switchesCurrent).toBe(false);
  });

  it('changes nothing when the same file is imported twice', async () => {
    await start(file('prod', { prod: alpha.admin }));
    const text = file('beta', { beta: beta.admin, reader: alpha.reader });
    const first = await imports().fromText(text, 'clipboard');
    await opened.workspace.plans.apply((await imports().plan(wish(first.token))).token);
    const once = await now();

    const second = await imports().fromText(text, 'clipboard');
    const applied = await opened.workspace.plans.apply((await imports().plan(wish(second.token))).token);

    expect(await now()).toBe(once);
    expect(applied.files).toEqual([]);
  });

  it('does as talosctl config merge when asked: -1 names, and the incoming current context becomes current', async () => {
    await start(file('bar', { bar: beta.admin }));
    const { token } = await imports().fromText(file('bar', { bar: beta.admin }), 'clipboard');
    const asked = wish(token, { asTalosctl: true });

    const plan = await imports().plan(asked);
    await opened.workspace.plans.apply(plan.token);

    expect([plan.current, plan.switchesCurrent]).toEqual(['bar-1', true]);
    expect(await now()).toMatch(/^context: bar-1$/m);
    expect(opened.workspace.talosconfig.state.current.contexts.map(({ name }) => name)).toEqual(['bar', 'bar-1']);
  });

  it('has no current context afterwards, as with talosctl, where the incoming one is not in its file, and says so', async () => {
    await start(file('bar', { bar: beta.admin }));
    const { token } = await imports().fromText(file('gone', { new: alpha.admin }), 'clipboard');

    const plan = await imports().plan(wish(token, { asTalosctl: true }));
    const own = await imports().plan(wish(token));
    await opened.workspace.plans.apply(plan.token);

    expect(plan).toMatchObject({ current: '', switchesCurrent: true });
    expect(plan.notes).toEqual([expect.stringMatching(/“gone”, is not in it; talosctl then leaves none/)]);
    expect(own).toMatchObject({ current: 'bar', switchesCurrent: false });
    expect(own).not.toHaveProperty('notes');
    expect(await now()).toMatch(/^context: ""$/m);
  });

  it('of several files makes current, as talosctl does one after the other, what the last one says', async () => {
    await start(file('bar', { bar: beta.admin }));
    const folder = join(dirname(opened.path), 'several');
    await mkdir(folder);
    const texts = [
      file('one', { one: alpha.admin }),
      file('two', { two: alpha.reader }),
      file('""', { three: beta.admin }),
    ];
    const paths = texts.map((_, index) => join(folder, `${index}`));
    for (const [index, text] of texts.entries()) await writeFile(paths[index]!, text);
    const { token } = await imports().fromPaths(paths);

    expect(await imports().plan(wish(token, { asTalosctl: true }))).toMatchObject({ current: 'two' });
  });

  it('says how talosctl takes names that YAML takes for something else, and follows it when asked', async () => {
    await start(file('bar', { bar: beta.admin }));
    const text = file('new', {
      '~': alpha.admin,
      Null: alpha.admin,
      '2001-01-01': alpha.admin,
      '010': alpha.admin,
      true: alpha.admin,
      new: beta.admin,
    });
    const { token, rows } = await imports().fromText(text, 'clipboard');

    const notes = Object.fromEntries(rows.map(({ incoming: { name }, talosctl }) => [name, talosctl]));
    expect(notes).toEqual({
      '~': expect.stringMatching(/leaves it out.*in quotes/) as string,
      Null: expect.stringMatching(/leaves it out/) as string,
      '2001-01-01': expect.stringMatching(/refuses the whole file/) as string,
      '010': undefined,
      true: undefined,
      new: undefined,
    });
    const asTalosctl = await imports().plan(wish(token, { asTalosctl: true }));
    expect(asTalosctl.steps.map(({ from }) => from).sort()).toEqual(['010', '2001-01-01', 'new', 'true']);
    expect(asTalosctl.notes).toEqual([expect.stringMatching(/would refuse the clipboard because of “2001-01-01”/)]);
    const keep = rows.map(({ id }) => ({ id, action: 'keep-both' as const }));
    await opened.workspace.plans.apply((await imports().plan(wish(token, { choices: keep }))).token);
    // In quotes they are names like any other.
    expect(opened.workspace.talosconfig.state.current.problems.map(({ message }) => message)).toEqual([]);
    expect(opened.workspace.talosconfig.state.current.contexts.map(({ name }) => name)).toContain('~');
    expect(opened.workspace.talosconfig.state.current.contexts.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it.each([false, true])('of the example with an empty field is done (same as talosctl: %s)', async (asTalosctl) => {
    await start(file('bar', { bar: beta.admin }));
    const { token } = await imports().fromText(await readFile(input('empty-field.yaml'), 'utf8'), 'clipboard');

    await opened.workspace.plans.apply((await imports().plan(wish(token, { asTalosctl }))).token);

    expect(await now()).toMatch(/ {2}new:\n {4}endpoints:\n {6}- 10\.0\.0\.2\n$/);
  });

  it.each<[string, string, RegExp, RegExp]>([
    [
      'garbage',
      'hello there',
      /^What you pasted is not a talosconfig: it is plain text or a list\.$/,
      /^Copy a whole talosconfig/,
    ],
    ['half a file', 'contexts: [', /^Line 1/, /^Copy a whole talosconfig/],
    ['nothing', '  ', /^What you pasted is not a talosconfig: it is empty\.$/, /paste it again/],
    ['SOPS', 'context: a\nsops: {}\nx: ENC[', /encrypted with SOPS/, /sops -d FILE, and paste what it prints/],
    ['bytes', base64('\u0000\u0001\u0002 not a text at all'), /plain text/, /paste it again/],
    ['documents', 'a: b\n---\nmachine: {}\n', /^What you pasted holds no talosconfig: document 1/, /paste it again/],
  ])('of %s that was pasted is answered in words for a paste', async (_name, text, message, hint) => {
    await start(file('bar', { bar: beta.admin }));

    const { failures, rows } = await imports().fromText(text, 'clipboard');

    expect(rows).toEqual([]);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).toMatch(message);
    expect(failures[0]?.hint).toMatch(hint);
    expect(JSON.stringify(failures).replace('FILE', '')).not.toMatch(/\bfile\b(?!-)|clipboard/i);
  });

  it('of several documents offers all of them, and says that talosctl reads the first only', async () => {
    await start(file('bar', { bar: beta.admin }));
    const { token, rows } = await imports().fromText(
      `${file('a', { a: alpha.admin })}---\n${file('b', { b: alpha.reader })}`,
      'clipboard',
    );

    expect(rows.map(({ incoming, from }) => [incoming.name, from])).toEqual([
      ['a', 'clipboard (document 1)'],
      ['b', 'clipboard (document 2)'],
    ]);
    expect(await imports().plan(wish(token, { asTalosctl: true }))).toMatchObject({
      notes: ['talosctl reads only the first YAML document of a file; Minos takes all of them.'],
    });
  });

  it('calls nothing identical that is broken, in whatever file and under whatever name it stands', async () => {
    await start(
      `context: bar\ncontexts:\n  x:\n  y: ~\n  bad:\n    crt: "!"\n    endpoints: [a]\n  bar:\n${beta.admin}`,
    );
    const incoming = 'context: x\ncontexts:\n  x:\n  z: null\n  bad:\n    crt: "!"\n    endpoints: [a]\n';

    const preview = await imports().fromText(incoming, 'clipboard');

    expect(classesOf(preview)).toEqual({ x: 'broken', z: 'broken', bad: 'broken' });
    const plan = await imports().plan(wish(preview.token, { asTalosctl: true }));
    expect(plan.notes).toEqual([expect.stringMatching(/would crash on the clipboard, where “x” is empty/)]);
  });

  it('refuses to write on a file that changed since the plan', async () => {
    await start(file('prod', { prod: alpha.admin }));
    const { token } = await imports().fromText(file('beta', { beta: beta.admin }), 'clipboard');
    const plan = await imports().plan(wish(token));
    const theirs = file('prod', { prod: alpha.admin, theirs: beta.admin });
    await writeFile(opened.path, theirs);

    await expect(opened.workspace.plans.apply(plan.token)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(await now()).toBe(theirs);
  });

  it('makes the file, private, when there is none', async () => {
    await start(undefined);
    const { token } = await imports().fromText(file('beta', { beta: beta.admin }), 'clipboard');

    await opened.workspace.plans.apply((await imports().plan(wish(token, { switchCurrent: true }))).token);

    expect((await stat(opened.path)).mode & 0o777).toBe(0o600);
    expect(opened.workspace.talosconfig.state.current).toMatchObject({ status: 'ready', fileContext: 'beta' });
  });

  it('says what it could switch to by the name it has in the file, and nothing where that is current', async () => {
    await start(file('prod', { prod: alpha.admin, 'ams-carl': beta.admin }));
    const { token } = await imports().fromText(file('prod-fra', { 'prod-fra': beta.admin }), 'clipboard');

    const offered = await imports().plan(wish(token));
    const switched = await imports().plan(wish(token, { switchCurrent: true }));
    const { token: same } = await imports().fromText(file('prod', { prod: alpha.admin }), 'clipboard');

    expect(offered).toMatchObject({ switchTo: 'ams-carl', switchesCurrent: false, current: 'prod' });
    expect(switched).toMatchObject({ switchTo: 'ams-carl', switchesCurrent: true, current: 'ams-carl' });
    expect(await imports().plan(wish(same, { switchCurrent: true }))).not.toHaveProperty('switchTo');
  });

  it('finds talosconfigs in folders, gzip, base64 and Secrets, and says what is none', async () => {
    await start('context: ""\ncontexts: {}\n');
    const folder = join(dirname(opened.path), 'cluster');
    await mkdir(join(folder, 'nested'), { recursive: true });
    const text = file('beta', { beta: beta.admin });
    await writeFile(join(folder, 'nested', 'talosconfig'), text);
    await writeFile(join(folder, 'controlplane.yaml'), 'machine: {}\n');
    const packed = join(dirname(opened.path), 'packed.gz');
    await writeFile(packed, gzipSync(base64(text)));
    const secret = join(dirname(opened.path), 'secret.yaml');
    await writeFile(secret, `kind: Secret\ndata:\n  talosconfig: ${base64(text)}\n`);
    const other = join(dirname(opened.path), 'notes.txt');
    await writeFile(other, 'hello');

    const preview = await imports().fromPaths([folder, packed, secret, other]);

    expect(preview.rows.map(({ from }) => from.split('/').at(-1))).toEqual(['talosconfig', 'packed.gz', 'secret.yaml']);
    expect(preview.failures).toMatchObject([{ code: 'file-invalid', where: { file: other } }]);
  });
});

describe('undo', () => {
  it('restores the bytes of every change, also after a restart', async () => {
    const text = `# kept\r\n${file('prod', { prod: alpha.admin }).replaceAll('\n', '\r\n')}`;
    await start(text);
    const { editing, talosconfig } = opened.workspace;
    await editing.edit('prod', { kind: 'rename', to: '010' }, (name) => `Renamed ${name}`);
    const renamed = talosconfig.state.current;

    const [change] = await editing.changes.list(talosconfig.primary);
    await opened.workspace.plans.undo(change!.id);

    expect([renamed.contexts[0]?.name, renamed.fileContext]).toEqual(['010', '010']);
    expect(await now()).toBe(text);
    const list = await editing.changes.list(talosconfig.primary);
    expect(list.map(({ what, canUndo }) => [what, canUndo])).toEqual([
      ['Undid: Renamed prod', true],
      ['Renamed prod', false],
    ]);
    expect(JSON.stringify(list)).not.toContain(alpha.admin.slice(60, 120));
  });

  it('of the change that made a file takes it away, and of that makes it again', async () => {
    await start(undefined);
    const { token } = await imports().fromText(file('beta', { beta: beta.admin }), 'clipboard');
    const { plans } = opened.workspace;
    const { id } = await plans.apply((await imports().plan(wish(token))).token);
    const made = await now();

    const undone = await plans.undo(id);
    await expect(now()).rejects.toMatchObject({ code: 'ENOENT' });
    const redone = await plans.undo(undone.id);

    expect([await now(), redone.what]).toEqual([made, expect.stringMatching(/^Did again: Imported beta/)]);
  });

  it('of an undo says that the change is done again', async () => {
    const text = file('prod', { prod: alpha.admin });
    await start(text);
    const { editing, plans } = opened.workspace;
    const { id } = await editing.edit('prod', { kind: 'rename', to: 'b' }, (name) => `Renamed ${name}`);
    const renamed = await now();

    const undone = await plans.undo(id);
    expect(await now()).toBe(text);
    const redone = await plans.undo(undone.id);

    expect([await now(), redone.what]).toEqual([renamed, 'Did again: Renamed prod']);
  });

  it('keeps a change by another program and says so', async () => {
    await start(file('prod', { prod: alpha.admin }));
    const { editing, plans } = opened.workspace;
    const applied = await editing.edit(
      'prod',
      { kind: 'set-nodes', nodes: ['10.0.0.2'] },
      (name) => `Nodes of ${name}`,
    );
    const theirs = `${await now()}# theirs\n`;
    await writeFile(opened.path, theirs);

    await expect(plans.undo(applied.id)).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
    expect(await now()).toBe(theirs);
  });
});
