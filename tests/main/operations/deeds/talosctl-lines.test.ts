import { expect, it } from 'vitest';
import { COMMANDS, PLACED } from '../../../../main/operations/commands/index.ts';
import { checkParams } from '../../../../main/operations/commands/kit/params.ts';
import { syntaxWords, talosctlLine } from '../../../../main/operations/commands/kit/talosctl-line.ts';
import { parseTalosctl } from '../../../../main/operations/commands/kit/talosctl-parse.ts';
import { DEED_COMMANDS, DEEDS } from '../../../../main/operations/deeds/deed-list.ts';

type Params = Readonly<Record<string, string | boolean>>;

const BACK = { reboot: true, graceful: false };
/** Wishes of every deed that a line of talosctl can say: with its defaults, and with all that is another way. */
const WISHES: Readonly<Record<string, readonly Params[]>> = {
  reboot: [{}, { mode: 'powercycle', drain: true }],
  shutdown: [{}, { force: true }],
  upgrade: [
    { image: 'factory.talos.dev/installer/abc:v1.13.9' },
    { image: 'x/y:v1.13.9', drain: false, 'reboot-mode': 'force', stage: true },
  ],
  rollback: [{}],
  service: [{ service: 'kubelet', action: 'restart' }],
  restart: [{ id: 'kubelet' }, { id: 'shop/a:b', kubernetes: true }],
  'image-pull': [{ image: 'nginx:1.29' }, { image: 'x', namespace: 'system' }],
  'image-remove': [{ image: 'nginx:1.29' }, { image: 'x', namespace: 'system' }],
  'meta-write': [
    { key: '0x0c', value: "it's a $value\nof two lines" },
    { key: '12', value: '-x' },
  ],
  'meta-delete': [{ key: '0x0c' }],
  'patch-config': [
    { patch: '{"machine": {"sysctls": {"a": "b c"}}}' },
    { patch: 'a: 1', mode: 'try', timeout: '5m0s' },
    { patch: 'a: 1\n--- # next patch\n@b.yaml\n--- # next patch\nb:\n  c: 2' },
  ],
  'wipe-disk': [{ devices: 'sdb' }, { devices: 'sdb,sdc1', method: 'ZEROES', drop: true }],
  'wipe-lv': [{ name: 'vg0/data' }],
  'wipe-vg': [{ name: 'vg0' }],
  'wipe-pv': [{ name: '/dev/sdb1' }],
  'wipe-md': [{ name: '/dev/md0' }],
  bootstrap: [{}],
  reset: [{}, { ...BACK, mode: 'all', labels: 'STATE,EPHEMERAL', disks: '/dev/sdb,/dev/sdc' }, { mode: 'system-disk' }],
  'etcd-defragment': [{}],
  'etcd-disarm': [{}],
  'etcd-forfeit': [{}],
  'etcd-leave': [{}],
  'etcd-remove-member': [{ member: '0123456789abcdef' }],
  'etcd-downgrade': [{ version: '3.5' }],
  'etcd-downgrade-cancel': [{}],
};

/** Deeds that talosctl has not, or that name a file, which no page does. */
const NO_LINE = new Set(['apply-config', 'put-back-config', 'etcd-wipe']);

it('every deed has its line of talosctl in this table', () => {
  const missing = DEEDS.map(({ id }) => id).filter((id) => WISHES[id] === undefined && !NO_LINE.has(id));
  expect(missing).toEqual([]);
});

const cases = Object.entries(WISHES).flatMap(([id, all]) => all.map((params) => [id, params] as const));

it.each(cases)('%s with %o is written as a line that is read as the same wish', (id, params) => {
  const deed = DEEDS.find((each) => each.id === id) ?? expect.fail(`no deed ${id}`);
  const wish = checkParams(deed, params);
  const line = talosctlLine({ context: 'prod' }, ['10.0.0.1', 'worker-2'], syntaxWords(deed, wish));

  const read = parseTalosctl(line, [...COMMANDS, ...PLACED, ...DEED_COMMANDS]);

  expect(read).toMatchObject({ command: id, nodes: ['10.0.0.1', 'worker-2'], context: 'prod', notes: [] });
  expect(read.params).toEqual(wish);
});

it('a line that would leave out what matters is refused with the reason', () => {
  const read = (line: string) => parseTalosctl(line, [...COMMANDS, ...PLACED, ...DEED_COMMANDS]);
  expect(() => read('talosctl -n a upgrade --image x/y:v1.13.9 --no-reboot')).toThrow(
    /^--no-reboot: Minos upgrades a machine as a whole/,
  );
  expect(read('talosctl -n a upgrade --image x/y:v1.13.9 --no-reboot=false').params).toMatchObject({ drain: true });
});
