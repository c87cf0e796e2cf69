import { describe, expect, it } from 'vitest';
import { COMMANDS, groupOf } from '../../../../main/operations/commands/index.ts';
import { rolesFor } from '../../../../main/operations/commands/kit/allowed.ts';
import { commandSummary } from '../../../../main/operations/commands/kit/summary.ts';
import { methodOf } from '../../../../main/talos/methods.ts';

/** Columns of a table of `get`: of every resource, then those of its type. */
function resource(...titles: readonly string[]): readonly string[] {
  return ['NAMESPACE text', 'TYPE text', 'ID text', 'VERSION id', ...titles.map((title) => `${title} text`)];
}

/** Header as talosctl prints it without NODE (docs/talos-behaviour.md §6.1), and what the numbers mean here. */
const GOLDEN: Readonly<Record<string, readonly string[]>> = {
  version: ['TAG text', 'SHA text', 'BUILT text', 'GO VERSION text', 'OS/ARCH text', 'ENABLED text'],
  services: ['SERVICE text', 'STATE state', 'HEALTH state', 'LAST CHANGE time', 'LAST EVENT text'],
  containers: ['NAMESPACE text', 'ID text', 'IMAGE text', 'PID id', 'STATUS state'],
  stats: ['NAMESPACE text', 'ID text', 'MEMORY(MB) number', 'CPU number ns'],
  processes: [
    'PID id',
    'STATE state',
    'THREADS number',
    'CPU-TIME duration',
    'VIRTMEM bytes',
    'RESMEM bytes',
    'LABEL text',
    'COMMAND text',
  ],
  memory: ['TOTAL', 'USED', 'FREE', 'SHARED', 'BUFFERS', 'CACHE', 'AVAILABLE'].map((title) => `${title} number MiB`),
  cgroups: [
    ...['NAME text', 'MemCurrent bytes', 'MemPeak bytes', 'MemLow bytes', 'Peak/Low percent', 'MemHigh bytes'],
    ...['MemMin bytes', 'Current/Min percent', 'MemMax bytes'],
  ],
  certificates: ['FOR text', 'CERTIFICATE text', 'SUBJECT text', 'VALID FROM time', 'ENDS time', 'LEFT number days'],
  mounts: [
    'FILESYSTEM text',
    'SIZE(GB) number',
    'USED(GB) number',
    'AVAILABLE(GB) number',
    'PERCENT USED percent',
    'MOUNTED ON text',
  ],
  'etcd-members': ['ID text', 'HOSTNAME text', 'PEER URLS text', 'CLIENT URLS text', 'LEARNER state'],
  'etcd-status': [
    ...['MEMBER text', 'DB SIZE bytes', 'IN USE bytes', 'LEADER text', 'RAFT INDEX number', 'RAFT TERM number'],
    ...['RAFT APPLIED INDEX number', 'LEARNER state', 'PROTOCOL text', 'STORAGE text', 'ERRORS text'],
  ],
  'etcd-alarms': ['MEMBER text', 'ALARM state'],
  'etcd-downgrade-validate': ['MESSAGE text'],
  diskfree: [
    ...['VOLUME text', 'FILESYSTEM text', 'SIZE bytes', 'USED bytes', 'AVAILABLE bytes', 'USAGE percent'],
    'MOUNT POINT text',
  ],
  usage: ['SIZE bytes', 'NAME text'],
  list: ['NAME text'],
  netstat: [
    ...['Proto text', 'Recv-Q number', 'Send-Q number', 'Local Address text', 'Foreign Address text', 'State state'],
  ],
  logs: ['LINE text'],
  dmesg: ['LINE text'],
  time: ['NTP-SERVER text', 'NODE-TIME time', 'NTP-SERVER-TIME time'],
  images: ['IMAGE text', 'DIGEST text', 'SIZE bytes', 'LABELS text', 'CREATED time'],
  links: resource('ALIAS', 'TYPE', 'KIND', 'HW ADDR', 'OPER STATE', 'LINK STATE'),
  addresses: resource('ADDRESS', 'LINK'),
  routes: resource('DESTINATION', 'GATEWAY', 'LINK', 'METRIC'),
  resolvers: resource('RESOLVERS', 'SEARCH DOMAINS'),
  timeservers: resource('TIMESERVERS', 'USENTS'),
  disks: resource('SIZE', 'READ ONLY', 'TRANSPORT', 'ROTATIONAL', 'WWID', 'MODEL', 'SERIAL'),
  systemdisk: resource('DISK'),
  discoveredvolumes: resource('TYPE', 'SIZE', 'DISCOVERED', 'LABEL', 'PARTITIONLABEL'),
  volumestatus: resource('TYPE', 'PHASE', 'LOCATION', 'SIZE'),
  extensions: resource('NAME', 'VERSION'),
  read: ['NAME text', 'SIZE bytes', 'RESULT text'],
  copy: ['NAME text', 'SIZE bytes', 'RESULT text'],
  'etcd-snapshot': ['NAME text', 'SIZE bytes', 'RESULT text'],
  'etcd-database': ['NAME text', 'SIZE bytes', 'RESULT text'],
  get: ['NAMESPACE text', 'TYPE text', 'ID text', 'VERSION id'],
  'inspect-dependencies': ['CONTROLLER text', 'EDGE text', 'NAMESPACE text', 'TYPE text', 'RESOURCE text'],
};

/** What brings files of a node, which may be secret. */
const COPIES: ReadonlySet<string> = new Set(['/machine.MachineService/Copy', '/machine.MachineService/Read']);

describe('the commands', () => {
  it.each(Object.keys(GOLDEN))('%s has the columns and units of talosctl', (id) => {
    const columns =
      COMMANDS.find((command) => command.id === id)?.columns.filter(({ isExtra }) => isExtra !== true) ?? [];

    expect(columns.map(({ title, kind, unit }) => [title, kind, unit].filter(Boolean).join(' '))).toEqual(GOLDEN[id]);
  });

  it('are all in the golden table', () => {
    expect(COMMANDS.map(({ id }) => id).sort()).toEqual(Object.keys(GOLDEN).sort());
  });

  it('have ids and names of their own', () => {
    const names = COMMANDS.flatMap(({ syntax }) => syntax.names);

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  });

  it('has a place under a heading of the menu for each', () => {
    const groups = COMMANDS.map((command) => groupOf(command));
    const inTurn = groups.filter((group, at) => group !== groups[at - 1]);

    expect(groups).not.toContain(undefined);
    expect(new Set(inTurn).size).toBe(inTurn.length);
    expect(commandSummary(COMMANDS[0] as (typeof COMMANDS)[number], groups[0]).group).toBe(groups[0]);
  });

  it.each(COMMANDS.map((command) => [command.id, command] as const))('%s only reads', (_id, command) => {
    expect(methodOf(command.method)?.safety).toBe('read');
  });

  it.each(COMMANDS.map((command) => [command.id, command] as const))(
    '%s has columns for its picture and parameters for its flags',
    (_id, command) => {
      const columns = command.columns.map(({ id }) => id);
      const params = command.params.map(({ id }) => id);
      const { picture, syntax } = command;
      const drawn =
        picture === undefined
          ? []
          : Object.entries(picture).flatMap(([key, id]) => (key === 'kind' || id === true ? [] : [id]));
      const set = [...(syntax.positionals ?? []), ...(syntax.flags ?? []).flatMap(({ param }) => param ?? [])];

      expect(columns).toEqual(expect.arrayContaining(drawn));
      expect([...set].sort()).toEqual([...params].sort());
    },
  );

  it('are for whoever may read, and reach the page as plain data', () => {
    const summaries = COMMANDS.map((command) => commandSummary(command));

    const readers = ['os:admin', 'os:operator', 'os:reader'];
    const isEtcd = (id: string): boolean => id.startsWith('etcd-');

    const show = COMMANDS.filter(({ shape }) => shape !== 'bytes');

    expect(show.map(rolesFor)).toEqual(
      show.map(({ id, method }) => {
        if (COPIES.has(method) || id === 'etcd-downgrade-validate') return ['os:admin'];
        return isEtcd(id) ? [...readers, 'os:etcd:backup'] : readers;
      }),
    );
    // What hands out secrets is for fewer.
    expect(
      Object.fromEntries(COMMANDS.filter((one) => !show.includes(one)).map((one) => [one.id, rolesFor(one)])),
    ).toEqual({
      read: ['os:admin'],
      copy: ['os:admin'],
      'etcd-database': ['os:admin'],
      'etcd-snapshot': ['os:admin', 'os:operator', 'os:etcd:backup'],
    });
    expect(structuredClone(summaries)).toEqual(summaries);
  });
});
