import { describe, expect, it } from 'vitest';
import { containers } from '../../../../main/operations/commands/containers/containers.ts';
import type { Row } from '../../../../main/operations/commands/kit/definition.ts';
import { memory } from '../../../../main/operations/commands/node/memory.ts';
import { mounts } from '../../../../main/operations/commands/node/mounts.ts';
import { commandText, processes } from '../../../../main/operations/commands/processes/processes.ts';
import { services } from '../../../../main/operations/commands/services/services.ts';
import { stats } from '../../../../main/operations/commands/containers/stats.ts';
import { version } from '../../../../main/operations/commands/node/version.ts';
import type { CommandParams } from '../../../../main/operations/commands/kit/definition.ts';
import type { UnaryParts } from '../../../../main/operations/commands/kit/unary-command.ts';
import type { MethodPath } from '../../../../main/talos/method-types.ts';
import type { ReadPath } from '../../../../main/talos/methods.ts';
import { testProto } from '../../../fakes/open-workspace.ts';

/** Rows of a reply as it comes over the wire: encoded and decoded with the real messages. */
function rowsOf<P extends ReadPath<'unary'>>(
  command: UnaryParts<P>,
  reply: object,
  params: CommandParams = {},
): readonly Row[] {
  return [...command.rows(overTheWire(command.method, reply), params)];
}

function overTheWire<P extends MethodPath>(path: P, reply: object) {
  const method = testProto().method(path);
  return method.responseDeserialize(method.responseSerialize(reply as never));
}

describe('version', () => {
  it('is what talosctl prints in its block of lines', () => {
    const tag = { tag: 'v1.13.9', sha: '8f21c04d', built: '2026-02-20T11:40:02Z', go_version: 'go1.26.1' };
    const reply = (features: object) => ({
      messages: [{ version: { ...tag, os: 'linux', arch: 'amd64' }, ...features }],
    });

    const shared = ['v1.13.9', '8f21c04d', '2026-02-20T11:40:02Z', 'go1.26.1', 'linux/amd64'];
    expect(rowsOf(version, reply({ features: { rbac: true } }))).toEqual([[...shared, 'RBAC']]);
    expect(rowsOf(version, reply({}))).toEqual([[...shared, '']]);
  });
});

describe('memory', () => {
  it('of a node that could not tell is unknown, and not none of none', () => {
    expect(rowsOf(memory, { messages: [{ meminfo: {} }] })).toEqual([[null, null, null, null, null, null, null]]);
  });

  it('is in MiB, and used is what is neither free nor cache nor buffers', () => {
    const meminfo = {
      memtotal: 16_000_000,
      memfree: 9_000_000,
      memavailable: 12_000_000,
      buffers: 1_023,
      cached: 2_000_000,
      shmem: 20_480,
    };

    expect(rowsOf(memory, { messages: [{ meminfo }] })).toEqual([[15_625, 4_881, 8_789, 20, 0, 1_953, 11_718]]);
  });

  it('has every figure of the kernel as detail', () => {
    const reply = overTheWire(memory.method, { messages: [{ meminfo: { memtotal: 5, hugepagestotal: 3 } }] });
    const detail = memory.detail?.(reply, 0, {});

    expect(detail?.parts).toHaveLength(1);
    expect(detail?.parts[0]).toMatchObject({ kind: 'fields' });
    const fields = detail?.parts[0]?.kind === 'fields' ? detail.parts[0].fields : [];
    expect(fields).toHaveLength(48);
    expect(fields.find(({ name }) => name === 'memtotal')).toEqual({
      name: 'memtotal',
      kind: 'number',
      value: 5,
      unit: 'kB',
    });
    expect(fields.find(({ name }) => name === 'hugepagestotal')).toEqual({
      name: 'hugepagestotal',
      kind: 'number',
      value: 3,
    });
  });
});

describe('mounts', () => {
  it('are in GB with the share used; file systems without a size are left out', () => {
    const disk = { filesystem: '/dev/sda6', size: 500_000_000_000, available: 375_000_000_000, mounted_on: '/var' };
    const none = { filesystem: 'cgroup', size: 0, available: 0, mounted_on: '/sys/fs/cgroup' };

    expect(rowsOf(mounts, { messages: [{ stats: [none, disk] }] })).toEqual([
      ['/dev/sda6', 500, 125, 375, 0.25, '/var'],
    ]);
  });
});

describe('stats', () => {
  it('are in MB and nanoseconds, sorted by id, exact beyond 53 bits', () => {
    const pod = { namespace: 'k8s.io', id: 'a/b', pod_id: 'a/b', memory_usage: 1_234_567, cpu_usage: 5 };
    const child = {
      namespace: 'k8s.io',
      id: 'a/b:c',
      pod_id: 'a/b',
      memory_usage: 0,
      cpu_usage: '18446744073709551615',
    };

    expect(rowsOf(stats, { messages: [{ stats: [child, pod] }] })).toEqual([
      ['k8s.io', 'a/b', 1.23, 5],
      ['k8s.io', '└─ a/b:c', 0, '18446744073709551615'],
    ]);
  });
});

describe('containers', () => {
  const list = [
    {
      namespace: 'k8s.io',
      id: 'kube-system/b:app',
      pod_id: 'kube-system/b',
      image: 'app:1',
      pid: 12,
      status: 'CONTAINER_RUNNING',
    },
    {
      namespace: 'k8s.io',
      id: 'kube-system/b',
      pod_id: 'kube-system/b',
      image: 'pause:3',
      pid: 11,
      status: 'SANDBOX_READY',
    },
    {
      namespace: 'k8s.io',
      id: 'kube-system/a',
      pod_id: 'kube-system/a',
      image: 'pause:3',
      pid: 4_294_967_295,
      status: '',
    },
  ];

  it('stand below their pod, sorted as talosctl sorts', () => {
    expect(rowsOf(containers, { messages: [{ containers: list }] })).toEqual([
      ['k8s.io', 'kube-system/a', 'pause:3', 4_294_967_295, ''],
      ['k8s.io', 'kube-system/b', 'pause:3', 11, 'SANDBOX_READY'],
      ['k8s.io', '└─ kube-system/b:app', 'app:1', 12, 'CONTAINER_RUNNING'],
    ]);
  });

  it('have a detail for the row as it is shown', () => {
    const reply = overTheWire(containers.method, { messages: [{ containers: list }] });

    expect(containers.detail?.(reply, 2, {})?.title).toBe('kube-system/b:app');
    expect(containers.detail?.(reply, 3, {})).toBeUndefined();
  });

  it('are asked of the runtime of Kubernetes with -k, of Talos without', () => {
    expect(containers.request({ kubernetes: true })).toEqual({ namespace: 'k8s.io', driver: 'CRI' });
    expect(containers.request({ kubernetes: false })).toEqual({ namespace: 'system', driver: 'CONTAINERD' });
  });
});

describe('processes', () => {
  it.each([
    ['/usr/bin/kubelet', 'kubelet --config=x', 'kubelet', '/usr/bin/kubelet --config=x'],
    ['/usr/bin/kubelet', '/hyperkube --config=x', 'kubelet', '/hyperkube --config=x'],
    ['/usr/bin/apid', '', 'apid', '/usr/bin/apid'],
    ['', '', 'kworker/0:1', 'kworker/0:1'],
  ])('show %s with %s of %s as %s', (executable, args, command, shown) => {
    expect(commandText({ executable, args, command })).toBe(shown);
  });

  it('are sorted by memory or processor time, largest first, equal ones as they came', () => {
    const list = [
      { pid: 1, resident_memory: 10, cpu_time: 1.5 },
      { pid: 2, resident_memory: 30, cpu_time: 0.25 },
      { pid: 3, resident_memory: 10, cpu_time: 9 },
    ];
    const pids = (params: CommandParams) =>
      rowsOf(processes, { messages: [{ processes: list }] }, params).map(([pid]) => pid);

    expect(pids({ sort: 'rss' })).toEqual([2, 1, 3]);
    expect(pids({ sort: 'cpu' })).toEqual([3, 1, 2]);
  });

  it('have time in milliseconds and memory in bytes', () => {
    const one = {
      ...{ pid: 7, ppid: 1, state: 'S', threads: 3, cpu_time: 12.34, label: 'l' },
      ...{ virtual_memory: '9007199254740993', resident_memory: 4096, executable: '/bin/x' },
    };

    expect(rowsOf(processes, { messages: [{ processes: [one] }] })).toEqual([
      [7, 'S', 3, 12_340, '9007199254740993', 4096, 'l', '/bin/x', 1],
    ]);
  });
});

describe('services', () => {
  const at = (seconds: number) => ({ seconds, nanos: 500_000_000 });
  const list = [
    {
      id: 'etcd',
      state: 'Running',
      health: { unknown: false, healthy: false, last_message: 'no leader', last_change: at(1_700_000_100) },
      events: {
        events: [
          { msg: 'Started', state: 'Running', ts: at(1_700_000_000) },
          { msg: 'Health check failed', state: 'Running', ts: at(1_700_000_100) },
        ],
      },
    },
    { id: 'apid', state: 'Running', health: { unknown: false, healthy: true } },
    { id: 'dashboard', state: 'Running', health: { unknown: true, healthy: true } },
    { id: 'bare', state: 'Waiting' },
  ];
  const reply = { messages: [{ services: list }] };

  it('say how they are and what happened last', () => {
    expect(rowsOf(services, reply)).toEqual([
      ['etcd', 'Running', 'Fail', 1_700_000_100_500, 'Health check failed'],
      ['apid', 'Running', 'OK', null, '<none>'],
      ['dashboard', 'Running', '?', null, '<none>'],
      ['bare', 'Waiting', '?', null, '<none>'],
    ]);
  });

  it('can be one service alone', () => {
    expect(rowsOf(services, reply, { id: 'apid' }).map(([id]) => id)).toEqual(['apid']);
  });

  it('show the events of one service, newest first, for the row as it is shown', () => {
    const detail = services.detail?.(overTheWire(services.method, reply), 0, {});

    expect(detail?.title).toBe('etcd');
    expect(detail?.parts).toMatchObject([
      { kind: 'fields', fields: [{}, { value: 'Fail' }, { value: 'no leader' }, { value: 1_700_000_100_500 }] },
      {
        kind: 'table',
        rows: [
          [1_700_000_100_500, 'Running', 'Health check failed'],
          [1_700_000_000_500, 'Running', 'Started'],
        ],
      },
    ]);
    expect(services.detail?.(overTheWire(services.method, reply), 0, { id: 'apid' })?.title).toBe('apid');
  });

  it('are counted over all nodes when they fail', () => {
    const rows = rowsOf(services, reply);

    expect(
      services.conclude?.(
        new Map([
          ['cp-1', rows],
          ['cp-2', rows],
          ['cp-3', []],
        ]),
      ),
    ).toEqual([{ severity: 'warning', message: '2 services are not healthy, on 2 nodes.', nodes: ['cp-1', 'cp-2'] }]);
    expect(services.conclude?.(new Map([['cp-3', []]]))).toEqual([]);
  });
});
