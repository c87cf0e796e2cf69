import { Metadata, status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { ClusterTexts } from '../../../../../main/operations/cluster-text/cluster-texts.ts';
import type { Caller, ResumableOptions } from '../../../../../main/operations/clusters/caller.ts';
import { Backlog } from '../../../../../main/operations/work/buffers/backlog.ts';
import { NewestByKey } from '../../../../../main/operations/work/buffers/newest-by-key.ts';
import { Ways } from '../../../../../main/operations/work/ways.ts';
import { NodeFollower } from '../../../../../main/operations/work/watch/node-follower.ts';
import type { WatchRequest } from '../../../../../main/operations/work/watch/watch-reader.ts';
import { Failed } from '../../../../../main/lib/failed.ts';
import { PoolCallError, serviceError } from '../../../../../main/pool/calls/call-error.ts';
import type { WatchItem } from '../../../../../preload/contract/index.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

type Options = ResumableOptions<'/cosi.resource.State/Watch'>;
/** One try of the watch, as the test plays it. */
interface Try {
  readonly request: WatchRequest;
  readonly options: Options;
  send(...events: readonly object[]): void;
  fail(error: Error): void;
}

const said = (code: status, details: string): PoolCallError =>
  new PoolCallError({
    cause: { kind: 'status', error: serviceError({ code, details, metadata: new Metadata() }) },
    ...{ method: '/cosi.resource.State/Watch', methodClass: 'read', wasSent: true, endpoint: 'a' },
  });
const bootstrapped = { event_type: 'BOOTSTRAPPED', resource: null, bookmark: Buffer.from('mark') };
/** Promises of the follower run between the steps of a test. */
const settled = async (): Promise<void> => {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
};

let stop: AbortController;
afterEach(() => stop.abort());

function setUp() {
  stop = new AbortController();
  const clock = new FakeClock();
  const tries: Try[] = [];
  const pings: string[] = [];
  const seen: WatchItem[] = [];
  const items = new Backlog<WatchItem>(new NewestByKey());
  let refusal: Failed | undefined;
  const connection = {
    texts: new ClusterTexts(undefined),
    explain: (error: Error) => new Failed({ code: 'unreachable', message: error.message }).failure,
    ping: (node: string, endpoint: string) => {
      pings.push(`${node} through ${endpoint}`);
      return Promise.resolve({ state: 'answered', durationMs: 1 });
    },
    async *resumableStream(_path: string, request: WatchRequest, options: Options) {
      const queue: (object | Error)[] = [];
      let wake: () => void = () => undefined;
      const push = (one: object | Error): void => {
        queue.push(one);
        wake();
      };
      tries.push({ request, options, send: (...event) => push({ event }), fail: push });
      options.signal.addEventListener('abort', () => push(new Error('aborted')), { once: true });
      options.onEndpoint?.(options.avoid?.includes('a') === true ? 'b' : 'a');
      for (;;) {
        const next = queue.shift();
        if (next instanceof Error) throw next;
        if (next !== undefined) yield { type: 'item', value: next };
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  } as unknown as Caller;
  const follower = new NodeFollower({
    ways: new Ways(() => {
      if (refusal !== undefined) throw refusal;
      return connection;
    }),
    node: 'cp-1',
    type: { columns: [], displayType: 'Member' } as never,
    request: { namespace: 'cluster', type: 'Members', options: { bootstrap_contents: true }, api_version: 1 },
    ...{ items, clock, random: () => 0.5, signal: stop.signal },
    ...{ stands: () => undefined, onSeen: () => undefined },
  });
  void follower.follow();
  void (async () => {
    for await (const item of items) seen.push(item);
  })();
  return {
    clock,
    tries,
    pings,
    follower,
    kinds: () => seen.map(({ type }) => type),
    refuse: (why: Failed | undefined) => {
      refusal = why;
    },
    /** The next try, once the pause before it is over. */
    async nextTry(): Promise<Try> {
      const before = tries.length;
      for (let round = 0; round < 50 && tries.length === before; round += 1) {
        clock.advance(250);
        await settled();
      }
      return tries.at(-1) as Try;
    },
  };
}

describe('following a node', () => {
  it('goes on from the bookmark through another endpoint when an endpoint does not reach it', async () => {
    const { tries, nextTry, kinds } = setUp();
    await settled();
    tries[0]!.send();
    tries[0]!.send(bootstrapped);
    await settled();

    tries[0]!.fail(said(status.UNAVAILABLE, 'dial tcp: connection refused'));
    await settled();
    const second = await nextTry();
    second.send();
    await settled();

    expect(second.options.avoid).toEqual(['a']);
    expect(second.request.options).toEqual({
      bootstrap_contents: false,
      start_from_bookmark: Buffer.from('mark'),
    });
    expect(kinds()).toEqual(['reset', 'complete', 'gap']);
  });

  it('begins anew where the node does not know the bookmark any more, as after a reboot', async () => {
    const { tries, nextTry, kinds } = setUp();
    await settled();
    tries[0]!.send();
    tries[0]!.send(bootstrapped);
    await settled();
    tries[0]!.fail(said(status.UNAVAILABLE, 'error reading from server: EOF'));
    await settled();
    (await nextTry()).fail(said(status.FAILED_PRECONDITION, 'invalid watch bookmark'));
    await settled();

    const third = tries[2];
    third?.send();
    await settled();

    expect(third?.request.options).toEqual({ bootstrap_contents: true });
    expect(kinds()).toEqual(['reset', 'complete', 'reset']);
  });

  it('tries for as long as it is open, ever less often, and says once that the node is silent', async () => {
    const { tries, clock, kinds } = setUp();
    await settled();
    for (let minute = 0; minute < 60; minute += 1) {
      for (let part = 0; part < 60; part += 1) {
        tries.at(-1)?.fail(said(status.UNAVAILABLE, 'no route to host'));
        await settled();
        clock.advance(1000);
      }
    }
    await settled();

    expect(tries.length).toBeGreaterThan(600);
    // Every five seconds at most, once it has gone on for a while.
    expect(tries.length).toBeLessThan(900);
    expect(kinds()).toEqual(['silent']);
  }, 60_000);

  it.each([
    ['a way that breaks', () => said(status.UNAVAILABLE, 'EOF')],
    ['a node that breaks the watch off', () => said(status.FAILED_PRECONDITION, 'watch buffer overrun')],
  ])('tries no more often for %s right after each beginning', async (_what, why) => {
    const { tries, clock } = setUp();
    await settled();
    for (let part = 0; part < 600; part += 1) {
      const now = tries.at(-1)!;
      now.send();
      now.send(bootstrapped);
      await settled();
      now.fail(why());
      await settled();
      clock.advance(100);
    }

    expect(tries.length).toBeGreaterThan(10);
    // A minute.
    expect(tries.length).toBeLessThan(30);
  });

  it('waits for a context that cannot be dialled at the moment', async () => {
    const { tries, nextTry, refuse, kinds } = setUp();
    await settled();
    tries[0]!.send();
    refuse(new Failed({ code: 'not-found', message: 'There is no context sim.' }));
    await settled();
    tries[0]!.fail(said(status.UNAVAILABLE, 'EOF'));
    await nextTry();
    refuse(undefined);
    (await nextTry()).send();
    await settled();

    expect(kinds()).toContain('reset');
    expect(kinds()).not.toContain('failed');
  });

  it('ends with a node that can never go on, once it has begun anew three times', async () => {
    const { tries, kinds, clock } = setUp();
    await settled();
    for (let part = 0; part < 20; part += 1) {
      tries.at(-1)!.fail(said(status.FAILED_PRECONDITION, 'invalid watch bookmark'));
      await settled();
      clock.advance(10_000);
      await settled();
    }

    expect([kinds(), tries.length]).toEqual([['failed'], 4]);
  });

  it('ends when the node refuses it', async () => {
    const { tries, kinds, clock } = setUp();
    await settled();

    tries[0]!.fail(said(status.PERMISSION_DENIED, 'not authorized'));
    await settled();
    clock.advance(60_000);
    await settled();

    expect([kinds(), tries.length]).toEqual([['failed'], 1]);
  });

  it('asks nothing while nobody sees the page, and at once when somebody does again', async () => {
    const { tries, pings, follower } = setUp();
    await settled();
    tries[0]!.send();
    await settled();

    for (let tick = 0; tick < 1000; tick += 1) follower.tick(false);
    expect(pings).toEqual([]);
    follower.tick(true);

    expect(pings).toEqual(['cp-1 through a']);
  });
});
