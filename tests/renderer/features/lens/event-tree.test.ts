import { describe, expect, it } from 'vitest';
import type { LensEvent } from '../../../../preload/contract/index.ts';
import { eventTimelines, treeLines, type EventNode } from '../../../../renderer/features/lens/events/event-tree.ts';
import { formatDuration } from '../../../../renderer/lib/format.ts';
import type { LensHeldEvent } from '../../../../renderer/lens/protocol.ts';

type Told = readonly [second: number, kind: LensEvent['kind'], subject: string, action?: string, error?: string];

const held = (told: readonly Told[], source = 0): readonly LensHeldEvent[] =>
  told.map(([second, kind, subject, action = '', error], line) => ({
    line,
    source,
    timeMs: second * 1000,
    event: {
      ...{ id: `${source}-${line}`, actor: '', kind, subject, action, message: error ?? '' },
      isError: error !== undefined,
    },
  }));

/** A timeline as a person would draw it. */
function drawn(nodes: readonly EventNode[], indent = ''): string {
  return nodes
    .map((node) => {
      if (node.what === 'note')
        return `${indent}· ${node.event.kind} ${node.event.subject} ${node.event.action}`.trimEnd();
      const { kind, name, startMs, endMs, state, error, children } = node;
      const took = startMs !== undefined && endMs !== undefined ? ` ${formatDuration(endMs - startMs)}` : '';
      const line = `${indent}${kind} ${name} ${state}${took}${error === undefined ? '' : `: ${error}`}`;
      return children.length === 0 ? line : `${line}\n${drawn(children, `${indent}  `)}`;
    })
    .join('\n');
}

const timelineOf = (told: readonly Told[]): string => drawn(eventTimelines(held(told))[0]?.roots ?? []);

describe('events as a timeline', () => {
  it('read a boot as its phases and tasks with how long each took', () => {
    const boot: readonly Told[] = [
      [0, 'sequence', 'boot', 'START'],
      [1, 'phase', 'mountState', 'START'],
      [1, 'task', 'mountStatePartition', 'START'],
      [4, 'task', 'mountStatePartition', 'STOP'],
      [4, 'phase', 'mountState', 'STOP'],
      [4, 'phase', 'startEverything', 'START'],
      [4, 'task', 'startAllServices', 'START'],
      [6, 'service', 'apid', 'RUNNING'],
      [19, 'service', 'kubelet', 'RUNNING'],
      [20, 'task', 'startAllServices', 'STOP'],
      [20, 'phase', 'startEverything', 'STOP'],
      [20, 'sequence', 'boot', 'STOP'],
      [21, 'machine-status', 'running'],
    ];

    expect(timelineOf(boot)).toBe(
      [
        'sequence boot done 20 s',
        '  phase mountState done 3 s',
        '    task mountStatePartition done 3 s',
        '  phase startEverything done 16 s',
        '    task startAllServices done 16 s',
        '    · service apid RUNNING',
        '    · service kubelet RUNNING',
        '· machine-status running',
      ].join('\n'),
    );
  });

  it('read an upgrade that ends with the machine, and the boot after it', () => {
    const upgrade: readonly Told[] = [
      [0, 'machine-status', 'upgrading'],
      [0, 'sequence', 'upgrade', 'START'],
      [0, 'phase', 'drain', 'START'],
      [0, 'task', 'cordonAndDrainNode', 'START'],
      [30, 'task', 'cordonAndDrainNode', 'STOP'],
      [30, 'phase', 'drain', 'STOP'],
      [30, 'phase', 'reboot', 'START'],
      [30, 'task', 'reboot', 'START'],
      [70, 'sequence', 'boot', 'START'],
      [71, 'phase', 'mountState', 'START'],
    ];

    expect(timelineOf(upgrade)).toBe(
      [
        '· machine-status upgrading',
        'sequence upgrade cut',
        '  phase drain done 30 s',
        '    task cordonAndDrainNode done 30 s',
        '  phase reboot cut',
        '    task reboot cut',
        'sequence boot running',
        '  phase mountState running',
      ].join('\n'),
    );
  });

  it('say of a sequence that failed why, and that what was open in it has no end', () => {
    expect(
      timelineOf([
        [0, 'sequence', 'upgrade', 'START'],
        [1, 'phase', 'upgrade', 'START'],
        [1, 'task', 'upgrade', 'START'],
        [2, 'sequence', 'upgrade', 'NOOP', 'failed to pull the installer'],
        [3, 'service', 'etcd', 'FAILED'],
      ]),
    ).toBe(
      [
        'sequence upgrade failed 2 s: failed to pull the installer',
        '  phase upgrade cut',
        '    task upgrade cut',
        '· service etcd FAILED',
      ].join('\n'),
    );
  });

  it('keep tasks that run side by side in one phase, also when they end in another order', () => {
    expect(
      timelineOf([
        [0, 'phase', 'stop', 'START'],
        [0, 'task', 'a', 'START'],
        [1, 'task', 'b', 'START'],
        [2, 'task', 'a', 'STOP'],
        [5, 'task', 'b', 'STOP'],
        [5, 'phase', 'stop', 'STOP'],
      ]),
    ).toBe(['phase stop done 5 s', '  task a done 2 s', '  task b done 4 s'].join('\n'));
  });

  it('show the end of something whose beginning was not seen without a length', () => {
    expect(timelineOf([[9, 'phase', 'startEverything', 'STOP']])).toBe('phase startEverything done');
  });

  it('are kept apart by source', () => {
    const both = [...held([[0, 'sequence', 'boot', 'START']], 3), ...held([[0, 'sequence', 'boot', 'STOP']], 1)];

    expect(eventTimelines(both).map(({ source, roots }) => [source, drawn(roots)])).toEqual([
      [3, 'sequence boot running'],
      [1, 'sequence boot done'],
    ]);
  });

  it('become lines with depth and place, without what is closed', () => {
    const [timeline] = eventTimelines(
      held([
        [0, 'sequence', 'boot', 'START'],
        [0, 'phase', 'a', 'START'],
        [1, 'phase', 'a', 'STOP'],
        [1, 'phase', 'b', 'START'],
      ]),
    );
    const lines = (closed: readonly string[]): readonly unknown[] =>
      treeLines(timeline?.roots ?? [], (key) => closed.includes(key)).map(({ node, ...rest }) => ({
        ...{ key: node.key, depth: rest.depth, isOpen: rest.isOpen, at: `${rest.position}/${rest.siblings}` },
      }));

    expect(lines([])).toEqual([
      { key: '0-0', depth: 0, isOpen: true, at: '1/1' },
      { key: '0-1', depth: 1, isOpen: undefined, at: '1/2' },
      { key: '0-3', depth: 1, isOpen: undefined, at: '2/2' },
    ]);
    expect(lines(['0-0'])).toEqual([{ key: '0-0', depth: 0, isOpen: false, at: '1/1' }]);
  });
});
