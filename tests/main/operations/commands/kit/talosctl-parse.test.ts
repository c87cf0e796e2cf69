import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../../main/lib/failed.ts';
import { COMMANDS, PLACED } from '../../../../../main/operations/commands/index.ts';
import { checkParams } from '../../../../../main/operations/commands/kit/params.ts';
import type { CommandParams } from '../../../../../main/operations/commands/kit/definition.ts';
import { splitShellWords } from '../../../../../main/operations/commands/kit/shell-words.ts';
import { syntaxWords, talosctlLine } from '../../../../../main/operations/commands/kit/talosctl-line.ts';
import { parseTalosctl } from '../../../../../main/operations/commands/kit/talosctl-parse.ts';

const parse = (line: string) => parseTalosctl(line, [...COMMANDS, ...PLACED]);

describe('a pasted talosctl line', () => {
  it.each([
    ['talosctl version', { command: 'version', params: {}, nodes: [], notes: [] }],
    ['talosctl -n 10.5.0.2,10.5.0.3 services', { command: 'services', nodes: ['10.5.0.2', '10.5.0.3'] }],
    ['talosctl services -n a -n b,c --nodes=d --nodes e', { nodes: ['a', 'b', 'c', 'd', 'e'] }],
    ['talosctl -na,b version', { nodes: ['a', 'b'] }],
    ['talosctl -n=a version', { nodes: ['a'] }],
    ['talosctl --context prod service etcd', { command: 'services', context: 'prod', params: { id: 'etcd' } }],
    ['talosctl service etcd status', { command: 'services', params: { id: 'etcd' } }],
    ['talosctl ps -s cpu', { command: 'processes', params: { sort: 'cpu' } }],
    ['talosctl p --sort=cpu', { command: 'processes', params: { sort: 'cpu' } }],
    ['talosctl -n cp-1 c -k', { command: 'containers', params: { kubernetes: true }, nodes: ['cp-1'] }],
    ['talosctl containers -kn cp-1', { command: 'containers', params: { kubernetes: true }, nodes: ['cp-1'] }],
    ['talosctl containers --kubernetes=false', { command: 'containers', params: { kubernetes: false } }],
    ['talosctl free', { command: 'memory' }],
    ['talosctl mount', { command: 'mounts' }],
    ['talosctl g rd --namespace meta', { command: 'get', params: { type: 'rd', namespace: 'meta' } }],
    ['talosctl get members cp-1', { command: 'get', params: { type: 'members', id: 'cp-1' } }],
    ["talosctl get 'my type' -- -strange", { command: 'get', params: { type: 'my type', id: '-strange' } }],
    ['$ talosctl version', { command: 'version' }],
    ['/usr/local/bin/talosctl version # all of them', { command: 'version' }],
    ['talosctl \\\n  -n cp-1 \\\n  version', { command: 'version', nodes: ['cp-1'] }],
    ['talosctl etcd members -n cp-1', { command: 'etcd-members', nodes: ['cp-1'] }],
    ['talosctl -n cp-1 etcd alarm list', { command: 'etcd-alarms', nodes: ['cp-1'] }],
    ['talosctl etcd --nodes=cp-1 status', { command: 'etcd-status', nodes: ['cp-1'] }],
    ['talosctl ss -tlp4', { command: 'netstat', params: { tcp: true, listening: true, programs: true, ipv4: true } }],
    ['talosctl netstat kube-system/x', { command: 'netstat', params: { pod: 'kube-system/x' } }],
    ['talosctl du /var -d 2 -t -1000', { command: 'usage', params: { path: '/var', depth: '2', threshold: '-1000' } }],
    ['talosctl ls -lr -t f --type=d /etc', { command: 'list', params: { long: true, recurse: true, types: 'f,d' } }],
    [
      'talosctl list -H -t d',
      { command: 'list', notes: ['-H has no effect: sizes and times are always written to be read.'] },
    ],
    ['talosctl time --check pool.ntp.org', { command: 'time', params: { check: 'pool.ntp.org' } }],
    ['talosctl images ls --namespace=system', { command: 'images', params: { namespace: 'system' } }],
    ['talosctl get dv', { command: 'discoveredvolumes', params: {} }],
    ['talosctl g disks nvme0n1 -o yaml', { command: 'disks', params: { id: 'nvme0n1' } }],
    [
      'talosctl stats -k --use-cri',
      { command: 'stats', notes: ['--use-cri has no effect: talosctl ignores it, too.'] },
    ],
    ['talosctl df -i EPHEMERAL', { command: 'diskfree', params: { inodes: true, volume: 'EPHEMERAL' } }],
    [
      'talosctl -n a,b logs -f kubelet --tail 5',
      { command: 'logs', params: { id: 'kubelet', follow: true, tail: '5' } },
    ],
    ['talosctl logs -kf shop/a:b --tail=0', { params: { id: 'shop/a:b', kubernetes: true, follow: true, tail: '0' } }],
    ['talosctl dmesg -f --tail', { command: 'dmesg', params: { follow: true, tail: true } }],
    [
      'talosctl events --tail -1 --duration 1h30m --since c9m0l --actor-id=7f whatever more',
      { command: 'events', params: { tail: '-1', duration: '1h30m', since: 'c9m0l', 'actor-id': '7f' }, notes: [] },
    ],
    ['talosctl -n "fd00::2" version', { nodes: ['fd00::2'] }],
    [
      'talosctl -n cp-1 health --server=false --wait-timeout 5m --worker-nodes 10.5.0.5,10.5.0.6 --run-e2e',
      {
        command: 'health',
        opens: { action: 'checks.open', title: 'Health check' },
        params: { server: false, timeout: '5m', workers: '10.5.0.5,10.5.0.6' },
        notes: [
          '--run-e2e has no effect: it runs tests in the cluster, which the screen only shows as a command line.',
        ],
      },
    ],
  ])('%s is understood', (line, expected) => {
    expect(parse(line)).toMatchObject(expected);
  });

  it('says what has no effect', () => {
    expect(parse('talosctl -e 10.5.0.2 --talosconfig=./c -c edge get members -o yaml -w').notes).toEqual([
      '-e has no effect: Minos uses the endpoints that the screen Endpoints shows.',
      '--talosconfig has no effect: Minos uses the talosconfig that is open.',
      '-c has no effect: Minos uses the cluster name of the context.',
      '-o has no effect: a run shows a table; open a row to see its YAML.',
      '-w has no effect: a run reads once; Explore follows changes.',
    ]);
  });

  it.each([
    ['', '', 'The line is empty.'],
    ['kubectl get pods', 'kubectl', '"kubectl" is not talosctl.'],
    ['sudo talosctl version', 'sudo', '"sudo" is not talosctl.'],
    ['talosctl', 'talosctl', 'The line names no command of talosctl.'],
    ['talosctl debug -n cp-1', 'debug', '"debug" changes machines, and Minos has no plan for it.'],
    ['talosctl etcd', 'etcd', '"etcd" is no command of talosctl.'],
    ['talosctl frobnicate x', 'frobnicate', 'talosctl has no command "frobnicate".'],
    ['talosctl health --worker-nodes a', 'workers', 'Worker nodes: "a" is no IP address.'],
    ['talosctl etcd members all', 'all', '"all" is one word too many for etcd members.'],
    ['talosctl netstat -k a/b', 'pod', 'Either the sockets of all pods or those of one.'],
    ['talosctl netstat a b', 'b', '"b" is one word too many for netstat.'],
    ['talosctl ls -r -d 2', 'depth', 'Either everything below or so many levels.'],
    ['talosctl ls -t x', 'types', '"x" is no type of file: f, d or l.'],
    ['talosctl du -d many', 'depth', 'Depth is a whole number, not "many".'],
    ['talosctl image list --namespace other', 'namespace', 'Namespace is one of cri, system, inmem.'],
    ['talosctl rotate-ca', 'rotate-ca', '"rotate-ca" changes machines, and Minos has no plan for it.'],
    ['talosctl disks', 'disks', 'talosctl no longer has "disks".'],
    ['talosctl -n cp-1 route', 'route', 'talosctl no longer has "route".'],
    ['talosctl version --frobnicate', '--frobnicate', 'Version has no flag --frobnicate.'],
    ['talosctl version -k', '-k', 'Version has no flag -k.'],
    ['talosctl version extra', 'extra', '"extra" is one word too many for version.'],
    ['talosctl service etcd restart', 'restart', '"restart" changes the service, and a run only reads.'],
    ['talosctl service etcd status now', 'now', '"now" is one word too many for service.'],
    ['talosctl get', 'type', 'Resources needs a value for Type.'],
    ['talosctl get a b c', 'c', '"c" is one word too many for get.'],
    ['talosctl ps -s name', 'sort', 'Sort by is one of rss, cpu.'],
    ['talosctl version -n', '-n', '-n has no value.'],
    ['talosctl -n http://x version', 'http://x', '"http://x" is not a node: it looks like a URL.'],
    ['talosctl containers --kubernetes=maybe', 'maybe', '--kubernetes is either on or off, not "maybe".'],
    ['talosctl version | grep Tag', '|', 'The line has "|", and Minos runs one command without a shell.'],
    ['talosctl version; rm -rf /', ';', 'The line has ";", and Minos runs one command without a shell.'],
    ['talosctl -n $NODE version', '$', 'The line has "$", and Minos does not expand variables or commands.'],
    ['talosctl -n "$(cat nodes)" version', '$', 'The line has "$", and Minos does not expand variables or commands.'],
    ['talosctl -n `x` version', '`', 'The line has "`", and Minos does not expand variables or commands.'],
    ['talosctl version > out', '>', 'The line has ">", and Minos runs one command without a shell.'],
    ["talosctl -n 'cp-1 version", "'", "A quote ' is not closed."],
  ])('%s is refused, naming the word', (line, word, message) => {
    let thrown: unknown;
    try {
      parse(line);
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(Failed);
    expect((thrown as Failed).failure).toMatchObject({ code: 'invalid', message, where: { field: word } });
  });
});

describe('a command that talosctl only keeps to say what replaced it', () => {
  it.each([
    ['disks', 'Use talosctl get disks, talosctl get systemdisk, talosctl get discoveredvolumes.'],
    ['interfaces', 'Use talosctl get addresses, talosctl get links.'],
    ['routes', 'Use talosctl get routes.'],
    ['crashdump', 'It became talosctl support, which Minos does not run.'],
  ])('%s leads there', (name, hint) => {
    expect(() => parse(`talosctl ${name}`)).toThrowError(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'invalid', hint }) as unknown }),
    );
  });
});

describe('shell words', () => {
  it.each([
    ['a  b\tc\n', ['a', 'b', 'c']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`a'b'"c"d`, ['abcd']],
    [`'' ""`, ['', '']],
    [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
    [`'a\\'`, ['a\\']],
    ['a#b # rest', ['a#b']],
    ['a\\\nb', ['ab']],
    ['5$ $', ['5$', '$']],
    ["a$'b\\nc' d", ['ab\nc', 'd']],
    [String.raw`$'it\'s \\ \x41\101 \u202e\U0001f600 \q'`, ["it's \\ AA \u202e\u{1f600} \\q"]],
  ])('%j are %j', (line, words) => {
    expect(splitShellWords(line)).toEqual(words);
  });
});

describe('as talosctl and back', () => {
  const runs: readonly (readonly [string, CommandParams, readonly string[]])[] = [
    ['version', {}, ['cp-1', '10.5.0.2', 'fd00::2']],
    ['services', { id: 'etcd' }, ['cp-1']],
    ['etcd-alarms', {}, ['cp-1']],
    ['time', { check: 'pool.ntp.org' }, ['cp-1']],
    ['images', { namespace: 'inmem' }, ['cp-1']],
    ['links', { id: 'eth0' }, ['cp-1']],
    ['list', { path: '/var', types: 'f,d', depth: '3', long: true }, ['cp-1']],
    ['usage', { path: '/var', threshold: '-5', all: true }, ['cp-1']],
    ['netstat', { ipv6: true, udplite: true, pod: 'a/b' }, ['cp-1']],
    ['processes', { sort: 'cpu' }, ['cp-1']],
    ['processes', { sort: 'rss' }, ['cp-1']],
    ['containers', { kubernetes: true }, ['cp-1']],
    ['get', { type: "it's", id: '-odd id', namespace: '$x' }, ['cp-1']],
    ['get', { type: 'members' }, ['cp-1']],
    ['cgroups', { preset: 'memory' }, ['cp-1']],
    ['health', { server: false, 'control-planes': '10.5.0.2,10.5.0.3', endpoint: 'https://k8s:6443' }, ['cp-1']],
  ];

  it.each(runs)('%s %j gives the same run', (id, params, nodes) => {
    const command = [...COMMANDS, ...PLACED].find((one) => one.id === id)!;
    const checked = checkParams(command, params);

    const line = talosctlLine({ context: "it's prod" }, nodes, syntaxWords(command, checked));

    expect(parse(line)).toMatchObject({ command: id, params: checked, nodes, context: "it's prod", notes: [] });
  });
});

describe('the line of a context that talosctl does not find by itself', () => {
  it('names the endpoints where they are not those of the file', () => {
    expect(talosctlLine({ context: 'prod', endpoints: ['10.0.0.1', 'cp-2'] }, ['a'], ['version'])).toBe(
      'talosctl --context prod -e 10.0.0.1,cp-2 -n a version',
    );
  });

  it('names the file', () => {
    expect(talosctlLine({ context: 'prod', talosconfig: '/home/ada/my configs/edge' }, ['a', 'b'], ['version'])).toBe(
      "talosctl --context prod -n a,b --talosconfig '/home/ada/my configs/edge' version",
    );
  });
});
