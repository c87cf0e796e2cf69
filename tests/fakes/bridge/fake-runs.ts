import type { Failure, RunEvent } from '../../../preload/contract/index.ts';
import { VERSION_COMMAND } from './cluster-data.ts';
import { failureOf, type FakeBridge, type FakeStream } from './fake-bridge.ts';

export interface FakeRunOptions {
  /** Milliseconds between two answers; 0 sends all at once. */
  readonly paceMs: number;
  /** Nodes that never answer while the run goes on. */
  readonly hanging?: readonly string[];
  /** Nodes that fail, with what they say. */
  readonly failing?: Readonly<Record<string, Failure>>;
  readonly startedAtMs: number;
  /** What its rows are called, of another command than Version. */
  readonly columns?: typeof VERSION_COMMAND.columns;
}

/** The answer of one node: worker-07 (10.5.0.17) runs an older Talos. */
export function versionRow(node: string): readonly string[] {
  const isOld = node === '10.5.0.17';
  return [
    isOld ? 'v1.13.8' : 'v1.13.9',
    isOld ? '1b3e7a90' : '8f21c04d',
    isOld ? '2026-01-12T09:14:55Z' : '2026-02-20T11:40:02Z',
    'go1.26.1',
    'linux/amd64',
    'RBAC',
  ];
}

export const NODE_DOWN = failureOf('unreachable', '10.5.0.14 cannot be reached through 10.5.0.2: no route to host.', {
  hint: 'The endpoint answers, the node behind it does not. Check whether worker-04 is switched on.',
  where: { endpoint: '10.5.0.2', node: '10.5.0.14' },
  details:
    '14 UNAVAILABLE: connection error: desc = "transport: Error while dialing: dial tcp 10.5.0.14:50000: connect: no route to host"',
});

/** Lets the fake bridge run Version: nodes answer one after another, some fail, some hang. */
export function serveRuns(bridge: FakeBridge, options: FakeRunOptions): void {
  let started = 0;
  bridge.serve('run', (stream) => {
    const { nodes } = stream.params;
    stream.batch([
      {
        type: 'started',
        runId: 'r1',
        number: ++started,
        nodes,
        columns: options.columns ?? VERSION_COMMAND.columns,
        talosctl: `talosctl --context ${stream.params.context} -n ${nodes.join(',')} version`,
        startedAtMs: options.startedAtMs,
      },
      ...nodes.map((node, index): RunEvent => ({
        type: 'calling',
        node,
        endpoint: index % 2 === 0 ? '10.5.0.2' : '10.5.0.4',
      })),
    ]);
    if (options.paceMs === 0) answerAll(stream, options);
    else answerPaced(stream, options);
  });
}

function answerAll(stream: FakeStream<'run'>, options: FakeRunOptions): void {
  const { nodes } = stream.params;
  const events = nodes.flatMap((node, index) => eventOf(node, index, options));
  stream.batch(events);
  if (!options.hanging?.some((node) => nodes.includes(node))) finish(stream, events);
}

function answerPaced(stream: FakeStream<'run'>, options: FakeRunOptions): void {
  const waiting = [...stream.params.nodes.entries()];
  const sent: RunEvent[] = [];
  const timer = setInterval(() => {
    const next = waiting.shift();
    const events = next ? eventOf(next[1], next[0], options) : [];
    sent.push(...events);
    if (events.length > 0) stream.batch(events);
    if (waiting.length > 0) return;
    clearInterval(timer);
    if (sent.length === stream.params.nodes.length) finish(stream, sent);
  }, options.paceMs);
  stream.onclose = () => clearInterval(timer);
}

function eventOf(node: string, index: number, options: FakeRunOptions): readonly RunEvent[] {
  if (options.hanging?.includes(node)) return [];
  const endpoint = index % 2 === 0 ? '10.5.0.2' : '10.5.0.4';
  const durationMs = 11 + ((index * 7) % 23);
  const failure = options.failing?.[node];
  if (failure) return [{ type: 'failed', node, endpoint, durationMs: 3104, failure }];
  return [{ type: 'answered', node, endpoint, durationMs, rows: [versionRow(node)] }];
}

function finish(stream: FakeStream<'run'>, events: readonly RunEvent[]): void {
  const failed = events.filter(({ type }) => type === 'failed').length;
  stream.batch([{ type: 'finished', ok: events.length - failed, failed, cancelled: 0, durationMs: 310 }]);
  stream.end();
}
