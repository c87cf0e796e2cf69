import { MinosPage } from '../pages/minos-page.ts';
import { wrongInEither } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { picture } from '../support/picture.ts';

/** Commands that only read, each as a line of talosctl and with what its answer shows. */
const LINES: readonly (readonly [name: string, line: string, shows: RegExp])[] = [
  ['etcd-members', 'talosctl -n cp-1,cp-2,cp-3 etcd members', /needs 2 of them: 1 of them may fail/],
  ['etcd-status', 'talosctl -n cp-1,cp-2,cp-3 etcd status', /cp-1 leads/],
  ['etcd-alarms', 'talosctl -n cp-1 etcd alarm list', /No member of etcd has raised an alarm/],
  ['netstat', 'talosctl -n cp-1,worker-01 netstat -a -v', /sockets: .*LISTEN/],
  ['list', 'talosctl -n cp-1 list / -r -l', /Lrwxrwxrwx/],
  ['usage', 'talosctl -n cp-1 usage /var/log -a -d 2', /audit/],
  ['time', 'talosctl -n cp-1,worker-01 time', /within \d+ ms of the time server/],
  ['images', 'talosctl -n cp-1 image list', /registry\.k8s\.io\/pause/],
  ['links', 'talosctl -n cp-1,worker-01 get links', /ether/],
  ['disks', 'talosctl -n cp-1,worker-01 get disks', /nvme0n1/],
  ['volumes', 'talosctl -n cp-1 get dv', /EPHEMERAL/],
  ['diskfree', 'talosctl -n cp-1 df', /not on this node/],
];

test('shows what nodes answer to every command that reads', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await launch({ args: ['--demo'] });
  await page.setViewportSize({ width: 1280, height: 800 });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);

  for (const [name, line, shows] of LINES) {
    await minos.pasteLine(line);
    await minos.startForm();

    await expect(minos.drawer).toContainText(shows);
    await picture(page, name);
  }
  // What is drawn is the same for all of them.
  expect(await wrongInEither(page)).toEqual([]);
});
