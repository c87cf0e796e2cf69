import { describe, expect, it } from 'vitest';
import { RateCap } from '../../../main/ipc/rate-cap.ts';
import type { CallHandlers } from '../../../main/operations/handlers.ts';
import { createCallServer, MAX_PENDING_CALLS } from '../../../main/ipc/serve-calls.ts';
import type { SenderEvent } from '../../../main/ipc/trusted-sender.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { createLog } from '../../../main/lib/log.ts';
import { CALLS, NOT_PLAIN_REQUEST, TOO_LARGE_REQUEST, type CallName } from '../../../preload/contract/index.ts';

const OUR_WINDOW = 7;
const page = (over: Partial<SenderEvent> = {}): SenderEvent => ({
  senderFrame: { url: 'app://minos/index.html', parent: null },
  sender: { id: OUR_WINDOW },
  ...over,
});

function serverWith(handlers: Partial<Record<CallName, unknown>>, limit = 1000) {
  const lines: string[] = [];
  const server = createCallServer(handlers as unknown as CallHandlers, {
    isOurWindow: (id) => id === OUR_WINDOW,
    rateCap: new RateCap(limit, 1000),
    monotonicMs: () => 0,
    log: createLog({ now: () => 0, sink: (line) => lines.push(line) }),
  });
  return { server, lines };
}

const codeOf = (outcome: { ok: boolean; failure?: { code: string } }): string | undefined => outcome.failure?.code;

describe('the call server', () => {
  it('answers with the value of the handler', async () => {
    const { server } = serverWith({ 'contexts.select': ({ name }: { name: string }) => `selected ${name}` });

    const outcome = await server.serve(page(), 1, 'contexts.select', { name: '010' });

    expect(outcome).toEqual({ ok: true, value: 'selected 010' });
  });

  it('writes what failed into the log, and not what is wrong with a line that is being typed', async () => {
    const invalid = () => {
      throw new Failed({ code: 'invalid', message: 'talosctl has no command "frob".' });
    };
    const { server, lines } = serverWith({ 'runs.parseTalosctl': invalid, 'config.reload': invalid });

    const outcome = await server.serve(page(), 1, 'runs.parseTalosctl', { line: 'talosctl frob' });
    expect(codeOf(outcome)).toBe('invalid');
    // Nobody is sent to look for what the log does not have.
    expect(outcome).toMatchObject({ failure: { traceId: '' } });
    expect(lines).toEqual([]);
    await server.serve(page(), 2, 'config.reload', {});

    expect(lines).toHaveLength(1);
  });

  it.each(['no.such', '__proto__', 'constructor', 'toString', '', 17, null, undefined])(
    'refuses the unknown name %s',
    async (name) => {
      const { server } = serverWith({});

      expect(codeOf(await server.serve(page(), 1, name, {}))).toBe('refused');
    },
  );

  it.each(Object.keys(CALLS) as CallName[])('refuses five kinds of bad request for %s', async (name) => {
    const { server } = serverWith({ [name]: () => expect.fail('the handler ran') }, 4);
    const wrong = await server.serve(page(), 1, name, { surprise: 1 });
    const foreign = await server.serve(page({ sender: { id: 8 } }), 2, name, {});
    const large = await server.serve(page(), 3, name, { name: 'x'.repeat(2_000_000) });
    const unknown = await server.serve(page(), 4, `${name}.x`, {});
    await server.serve(page(), 5, name, 'text');
    const tooMany = await server.serve(page(), 6, name, {});

    expect([wrong, foreign, large, unknown, tooMany].map(codeOf)).toEqual([
      'invalid',
      'refused',
      'too-large',
      'refused',
      'busy',
    ]);
  });

  it.each([
    ['a frame that is gone', null],
    ['a sub-frame', { url: 'app://minos/index.html', parent: {} }],
    ['another origin', { url: 'https://example.com/', parent: null }],
    ['a look-alike origin', { url: 'app://minos.evil/index.html', parent: null }],
  ])('refuses %s', async (_what, senderFrame) => {
    const { server } = serverWith({ 'app.info': () => expect.fail('the handler ran') });

    expect(codeOf(await server.serve(page({ senderFrame }), 1, 'app.info', {}))).toBe('refused');
  });

  it('passes a known failure on and hides an unknown error behind a trace id', async () => {
    const { server, lines } = serverWith({
      'app.info': () => {
        throw new Failed({ code: 'not-found', message: 'There is no context prod.' });
      },
      'config.reload': () => {
        throw new Error('secret-ish internals');
      },
    });

    const known = await server.serve(page(), 1, 'app.info', {});
    const unknown = await server.serve(page(), 2, 'config.reload', {});

    expect(known).toMatchObject({ ok: false, failure: { code: 'not-found', message: 'There is no context prod.' } });
    expect(unknown).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(JSON.stringify(unknown)).not.toContain('internals');
    expect(lines.join('\n')).toContain('internals');
    for (const outcome of [known, unknown]) {
      expect(lines.join('\n')).toContain(outcome.ok ? 'nothing' : `traceId=${outcome.failure.traceId}`);
    }
  });

  it('answers with data whatever the name and the id are', async () => {
    const { server, lines } = serverWith({
      'app.info': () => {
        throw new Error('internals');
      },
    });
    const untellable = { toString: 1, valueOf: 1 };

    const unnamed = await server.serve(page(), 1, untellable, {});
    const failed = await server.serve(page(), untellable, 'app.info', {});
    server.cancel(page(), untellable);

    expect([unnamed, failed].map(codeOf)).toEqual(['refused', 'internal']);
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['a large id', 'x'.repeat(1000)],
    ['an id with holes', new Array(10_000_000)],
    ['an id that is no plain data', new Map()],
  ])('refuses %s before it is kept', async (_what, id) => {
    const { server } = serverWith({ 'app.info': () => expect.fail('the handler ran') });

    expect(codeOf(await server.serve(page(), id, 'app.info', {}))).toBe('invalid');
  });

  it.each([
    ['a map', new Map([['name', 'x']]), 'invalid'],
    ['a list with holes', new Array(10_000_000), 'too-large'],
    ['a request that the preload held back', TOO_LARGE_REQUEST, 'too-large'],
    ['a request of another kind that it held back', NOT_PLAIN_REQUEST, 'invalid'],
  ])('refuses %s as input', async (_what, input, code) => {
    const { server } = serverWith({ 'contexts.select': () => expect.fail('the handler ran') });

    expect(codeOf(await server.serve(page(), 1, 'contexts.select', input))).toBe(code);
  });

  it('keeps so many calls of a page waiting, and takes more when some have been answered', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { server } = serverWith({ 'app.info': () => promise, 'commands.list': () => 'list' });
    const waiting = Array.from({ length: MAX_PENDING_CALLS }, (_each, id) => server.serve(page(), id, 'app.info', {}));

    const refused = await server.serve(page(), 1000, 'commands.list', {});
    resolve('info');
    await Promise.all(waiting);
    const taken = await server.serve(page(), 1001, 'commands.list', {});

    expect(refused).toMatchObject({ failure: { code: 'busy', retry: 'safe' } });
    expect(taken).toEqual({ ok: true, value: 'list' });
  });

  it('lets only the page itself cancel, and every call of an id that was used twice', async () => {
    const { server } = serverWith({
      'config.reload': (_input: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    const both = [server.serve(page(), 1, 'config.reload', {}), server.serve(page(), 1, 'config.reload', {})];

    server.cancel(page({ senderFrame: { url: 'app://minos/index.html', parent: {} } }), 1);
    const afterSubFrame = server.pending;
    server.cancel(page(), 1);

    expect(afterSubFrame).toBe(2);
    expect((await Promise.all(both)).map(codeOf)).toEqual(['cancelled', 'cancelled']);
    expect(server.pending).toBe(0);
  });

  it('aborts the signal of a cancelled call and of a closed window', async () => {
    const reasons: string[] = [];
    const { server } = serverWith({
      'config.reload': (_input: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reasons.push('aborted');
            reject(signal.reason as Error);
          });
        }),
    });
    const first = server.serve(page(), 1, 'config.reload', {});
    const second = server.serve(page(), 2, 'config.reload', {});

    server.cancel(page(), 1);
    server.abandon(OUR_WINDOW);

    expect([codeOf(await first), codeOf(await second)]).toEqual(['cancelled', 'cancelled']);
    expect(reasons).toHaveLength(2);
    expect(server.pending).toBe(0);
  });

  it('answers in words instead of with more than a message may have', async () => {
    const { server } = serverWith({ 'config.reload': () => ['x'.repeat(700_000), 'x'.repeat(700_000)] });
    const fitting = serverWith({ 'config.reload': () => 'x'.repeat(900_000) }).server;

    expect(codeOf(await server.serve(page(), 1, 'config.reload', {}))).toBe('too-large');
    expect(await fitting.serve(page(), 1, 'config.reload', {})).toMatchObject({ ok: true });
  });
});
