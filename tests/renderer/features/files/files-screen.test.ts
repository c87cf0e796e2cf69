import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { FileEntry } from '../../../../preload/contract/index.ts';
import { clusterBridge } from '../../../fakes/bridge/cluster-bridge.ts';
import { NOW_MS } from '../../../fakes/bridge/cluster-data.ts';
import { failureOf, type FakeBridge, type FakeStream } from '../../../fakes/bridge/fake-bridge.ts';
import { openApp, type OpenApp } from '../../support/open-app.ts';

const entry = (name: string, more: Partial<FileEntry> = {}): FileEntry => ({
  ...{ name, kind: 'file', mode: '-rw-r--r--', uid: 0, gid: 0, size: 2048, modifiedMs: NOW_MS - 60_000 },
  ...more,
});

const FOLDERS: Readonly<Record<string, readonly FileEntry[]>> = {
  '/': [entry('bin', { kind: 'link', link: 'usr/bin' }), entry('etc', { kind: 'folder', mode: 'drwxr-xr-x' })],
  '/etc': [
    entry('hosts'),
    entry('nfs', { kind: 'other', error: 'lstat /etc/nfs: stale NFS file handle' }),
    entry('\u202egpj.exe'),
  ],
};

/** A node with those folders; a path that is none of them is a file. */
function nodeBridge(): FakeBridge {
  return clusterBridge().serve('folder', (stream) => {
    const { path } = stream.params;
    const entries = FOLDERS[path];
    const end = { type: 'end', atMs: NOW_MS, isCut: false, refused: 0 } as const;
    stream.batch([
      { type: 'started', path, talosctl: `talosctl list ${path} -l` },
      ...(entries ? [{ type: 'entries', entries } as const] : [{ type: 'noFolder', entry: entry('hosts') } as const]),
      end,
    ]);
    stream.end();
  });
}

const fileStreams = ({ bridge }: OpenApp): readonly FakeStream<'file'>[] =>
  bridge.streams.filter(({ name }) => name === 'file') as unknown as readonly FakeStream<'file'>[];

const show = (stream: FakeStream<'file'>, text: string, isCut = false): void =>
  stream.batch([
    { type: 'entry', entry: entry('hosts'), atMs: NOW_MS, ...(stream.params.isFollowed && { everyMs: 2000 }) },
    { type: 'again', why: 'first', skipped: 0 },
    { type: 'bytes', base64: btoa(text) },
    { type: 'read', isCut, atMs: NOW_MS },
  ]);

it('lists a folder with what its entries are, and walks down, up and by the path', async () => {
  const app = openApp('files', nodeBridge());
  const table = await screen.findByRole('grid', { name: 'Entries of /' });

  expect(within(table).getByRole('row', { name: /link bin → usr\/bin/ })).toBeTruthy();
  await app.user.click(within(table).getByRole('row', { name: /folder etc/ }));
  const etc = await screen.findByRole('grid', { name: 'Entries of /etc' });
  expect(document.activeElement).toBe(etc);
  expect(within(etc).getByText(/stale NFS file handle/)).toBeTruthy();
  // A name cannot disguise itself.
  expect(within(etc).getByText('\\u202egpj.exe')).toBeTruthy();
  expect(screen.getByText('talosctl list /etc -l')).toBeTruthy();

  await app.user.keyboard('{Backspace}');
  await screen.findByRole('grid', { name: 'Entries of /' });
  await app.user.click(screen.getByRole('button', { name: 'Type a path' }));
  await app.user.clear(screen.getByRole('textbox', { name: 'Path' }));
  await app.user.keyboard('/etc{Enter}');
  expect(await screen.findByRole('grid', { name: 'Entries of /etc' })).toBeTruthy();
});

it('shows a file that the path leads to beside its folder', async () => {
  const app = openApp('files/10.5.0.2/etc/hosts', nodeBridge());

  expect(await screen.findByRole('region', { name: 'Content of hosts' })).toBeTruthy();
  expect(await screen.findByRole('grid', { name: 'Entries of /etc' })).toBeTruthy();
  await waitFor(() => expect(fileStreams(app)).toHaveLength(1));
});

it('shows the beginning of a file, says of how much, and bytes as hexadecimal when they are no text', async () => {
  const app = openApp('files/10.5.0.2/etc', nodeBridge());
  await app.user.click(await screen.findByRole('row', { name: /file hosts/ }));
  await waitFor(() => expect(fileStreams(app)).toHaveLength(1));
  const [first] = fileStreams(app);
  expect(first?.params).toMatchObject({ path: '/etc/hosts', node: '10.5.0.2', isFollowed: false });
  show(first!, '127.0.0.1 localhost\n', true);

  expect(await screen.findByText(/^The first 20 B of 2 KiB/)).toBeTruthy();
  await app.user.click(screen.getByRole('button', { name: 'Hex' }));
  expect(await screen.findByRole('region', { name: 'Bytes of hosts' })).toBeTruthy();

  await app.user.click(screen.getByRole('button', { name: /^Show 4 MiB/ }));
  await waitFor(() => expect(fileStreams(app)).toHaveLength(2));
  expect(fileStreams(app)[0]?.isClosed).toBe(true);
});

it('follows a file until it is closed, and says how, and that it cannot be looked at', async () => {
  const app = openApp('files/10.5.0.2/etc', nodeBridge());
  await app.user.click(await screen.findByRole('row', { name: /file hosts/ }));
  await app.user.click(screen.getByRole('button', { name: 'Follow' }));
  await waitFor(() => expect(fileStreams(app)).toHaveLength(2));
  const stream = fileStreams(app)[1]!;
  expect(stream.params.isFollowed).toBe(true);
  show(stream, 'one\n');
  expect(await screen.findAllByText(/^Looked at every 2 s/)).toBeTruthy();

  stream.batch([{ type: 'trouble', failure: failureOf('unreachable', 'The node is gone.'), sinceMs: NOW_MS }]);
  expect(await screen.findAllByText(/Not looked at since .*: The node is gone/)).toBeTruthy();
  app.session.screen.show('nodes');
  await waitFor(() => expect(stream.isClosed).toBe(true));
});

it('does not even read what holds keys before somebody asks for it', async () => {
  const bridge = nodeBridge();
  const app = openApp('files/10.5.0.2/etc', bridge);
  await screen.findByRole('grid', { name: 'Entries of /etc' });
  app.session.screen.show('files', '10.5.0.2/system/state/config.yaml');
  await app.user.click(await screen.findByRole('button', { name: 'Show the values' }));

  await waitFor(() => expect(fileStreams(app)).toHaveLength(1));
});

it('says in plain words that a folder is not there, tries again, and leads up', async () => {
  let attempts = 0;
  const app = openApp(
    'files/10.5.0.2/etc/none',
    clusterBridge().serve('folder', (stream) => {
      attempts += 1;
      stream.fail(failureOf('not-found', 'cp-1 answered: lstat /etc/none: no such file or directory.'));
    }),
  );
  await app.user.click(await screen.findByRole('button', { name: 'Try again' }));

  expect(screen.getByRole('heading', { name: 'cp-1 has no /etc/none.' })).toBeTruthy();
  await waitFor(() => expect(attempts).toBe(2));
  await app.user.click(screen.getByRole('button', { name: 'Go up' }));
  expect(await screen.findByRole('heading', { name: 'cp-1 has no /etc.' })).toBeTruthy();
});
