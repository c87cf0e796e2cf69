import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { MethodRequest } from '../../../../main/talos/method-types.ts';
import { useHarness } from '../harness.ts';
import type { TalosClient } from '../talos-client.ts';

const { start, connect } = useHarness();
const READ = '/machine.MachineService/Read';
const LIST = '/machine.MachineService/List';
const COPY = '/machine.MachineService/Copy';
const USAGE = '/machine.MachineService/DiskUsage';

const simulate = async (): Promise<TalosClient> => connect((await start({ controlPlanes: 1, workers: 0 })).talosconfig);

const bytesOf = (messages: readonly { readonly bytes: Buffer }[]): Buffer =>
  Buffer.concat(messages.map(({ bytes }) => bytes));

async function list(client: TalosClient, request: MethodRequest<typeof LIST>) {
  return client.all(LIST, request);
}

describe('Read of a real node', () => {
  it('says NotFound for what is not there, and plain errors for everything else', async () => {
    const client = await simulate();
    const failure = (path: string) => client.all(READ, { path }).catch((error: unknown) => error);

    expect(await failure('/nope')).toEqual({ code: 5, text: 'stat /nope: no such file or directory' });
    expect(await failure('')).toEqual({ code: 5, text: 'stat : no such file or directory' });
    expect(await failure('/etc')).toEqual({ code: 2, text: 'path must be a regular file' });
    expect(await failure('/dev/null')).toEqual({ code: 2, text: 'path must be a regular file' });
    expect(await failure('/etc/hostname/')).toEqual({ code: 2, text: 'stat /etc/hostname/: not a directory' });
    expect(await failure('/etc/hostname/x')).toEqual({ code: 2, text: 'stat /etc/hostname/x: not a directory' });
  });

  it('takes a relative path from machined’s own folder, which is the root', async () => {
    const client = await simulate();

    expect(bytesOf(await client.all(READ, { path: 'etc/hostname' })).toString()).toBe('cp-1\n');
    expect(bytesOf(await client.all(READ, { path: '/etc/../etc/hostname' })).toString()).toBe('cp-1\n');
    expect(bytesOf(await client.all(READ, { path: '/bin/init' })).length).toBe(4);
  });
});

describe('List of a real node', () => {
  it('writes modes as Go does: the type in the highest bits, not where Unix has it', async () => {
    const files = await list(await simulate(), { root: '/', recurse: true });
    const mode = (path: string) => files.find(({ name }) => name === path)!.mode.toString(8);

    expect(mode('/etc')).toBe('20000000755');
    expect(mode('/etc/hostname')).toBe('644');
    expect(mode('/system/state/config.yaml')).toBe('600');
    expect(mode('/bin')).toBe('1000000777');
    expect(mode('/dev/null')).toBe((2 ** 26 + 2 ** 21 + 0o666).toString(8));
    expect(files.find(({ name }) => name === '/bin')).toMatchObject({ link: 'usr/bin', is_dir: false });
  });

  it('puts a slash before a relative path', async () => {
    const client = await simulate();
    const names = async (root: string) => (await list(client, { root })).map(({ name }) => name);

    expect(await names('etc')).toEqual(await names('/etc/'));
    await expect(list(client, { root: 'nope' })).rejects.toEqual({
      code: 2,
      text: 'lstat /nope: no such file or directory',
    });
  });

  it('goes one folder deeper below the root than below any other folder', async () => {
    const client = await simulate();
    const names = async (root: string, depth: number) =>
      (await list(client, { root, recurse: true, recursion_depth: depth })).map(({ name }) => name);

    expect(await names('/var/log/audit', 1)).toEqual(['/var/log/audit', '/var/log/audit/kube']);
    expect(await names('/', 1)).toContain('/var/log');
    expect(await names('/', 1)).not.toContain('/var/log/audit');
  });

  it('shows one file under its own name, and only the types asked for', async () => {
    const client = await simulate();

    expect((await list(client, { root: '/etc/hosts' })).map((file) => file.relative_name)).toEqual(['hosts']);
    expect((await list(client, { root: '/', types: ['SYMLINK'] })).map(({ name }) => name)).toEqual(['/bin']);
  });
});

describe('DiskUsage of a real node', () => {
  it('shows folders after what is in them, with everything added up', async () => {
    const client = await simulate();

    const usage = await client.all(USAGE, { paths: ['var/log/audit'], all: true, recursion_depth: 2 });

    // The file itself is deeper than asked for and counts all the same.
    expect(usage.map(({ name, size }) => `${name} ${size}`)).toEqual(['/var/log/audit/kube 36', '/var/log/audit 36']);
  });

  it('tells of a path that is not there in an entry, and looks at no second one that is', async () => {
    const client = await simulate();

    const usage = await client.all(USAGE, { paths: ['/nope', '/var/log/audit/kube', '/var'] });

    expect(usage.map(({ name, error }) => [name, error])).toEqual([
      ['/nope', 'lstat /nope: no such file or directory'],
      ['/var/log/audit/kube', ''],
    ]);
  });
});

describe('Copy of a real node', () => {
  it('wants an absolute path', async () => {
    await expect((await simulate()).all(COPY, { root_path: 'etc/' })).rejects.toEqual({
      code: 2,
      text: 'path is not absolute etc',
    });
  });

  it('sends a folder as an archive without the folder itself', async () => {
    const tar = gunzipSync(bytesOf(await (await simulate()).all(COPY, { root_path: '/etc/' })));

    expect(tar.length % 512).toBe(0);
    const hostname = tar.indexOf('hostname\0');
    expect(hostname % 512).toBe(0);
    expect(tar.toString('latin1', hostname + 512, hostname + 517)).toBe('cp-1\n');
    expect(tar.toString('latin1', 0, 1)).toMatch(/[a-z]/);
    expect(tar.includes('etc/')).toBe(false);
    expect(tar.subarray(-1024).every((byte) => byte === 0)).toBe(true);
  });

  it('ends well for a path that is not there, with the error in a message', async () => {
    const [message, ...more] = await (await simulate()).all(COPY, { root_path: '/nope' });

    expect(message!.metadata!.error).toBe('lstat /nope: no such file or directory');
    expect(more).toEqual([]);
  });
});
