import { describe, expect, it } from 'vitest';
import { RateCap } from '../../../main/ipc/rate-cap.ts';
import { createDropServer } from '../../../main/ipc/serve-drops.ts';
import { silentLog } from '../../../main/lib/log.ts';

const page = { senderFrame: { url: 'app://minos/index.html', parent: null }, sender: { id: 7 } };

const drops = (limit = 1000) =>
  createDropServer({
    isOurWindow: (id) => id === 7,
    rateCap: new RateCap(limit, 1000),
    monotonicMs: () => 0,
    log: silentLog,
  });

describe('the drop server', () => {
  it('gives a token and the last parts of the paths, and keeps the paths', () => {
    const server = drops();

    const outcome = server.serve(page, ['/home/me/.talos/config', 'C:\\Users\\me\\config.yaml']);

    expect(outcome).toMatchObject({ ok: true, value: { names: ['config', 'config.yaml'] } });
    expect(JSON.stringify(outcome)).not.toContain('/home/me');
    const { token } = (outcome as { value: { token: string } }).value;
    expect(server.pathsOf(token)).toEqual(['/home/me/.talos/config', 'C:\\Users\\me\\config.yaml']);
  });

  it.each([
    ['a sub-frame', { ...page, senderFrame: { url: 'app://minos/index.html', parent: {} } }, ['/a'], 'refused'],
    ['a frame that is gone', { ...page, senderFrame: null }, ['/a'], 'refused'],
    ['a foreign window', { ...page, sender: { id: 8 } }, ['/a'], 'refused'],
    ['a wrong shape', page, '/etc/passwd', 'invalid'],
    ['a list of other things', page, [{ path: '/a' }], 'invalid'],
    ['nothing', page, [], 'invalid'],
    ['things that are no files', page, ['', ''], 'invalid'],
    ['too many files', page, Array.from({ length: 1001 }, () => '/a'), 'invalid'],
    ['more than 1 MiB', page, ['/a'.repeat(600_000)], 'too-large'],
  ])('refuses %s', (_what, event, paths, code) => {
    expect(drops().serve(event, paths)).toMatchObject({ ok: false, failure: { code } });
  });

  it('refuses too many a second', () => {
    const server = drops(1);
    server.serve(page, ['/a']);

    expect(server.serve(page, ['/a'])).toMatchObject({ ok: false, failure: { code: 'busy' } });
  });

  it('knows no token that it did not give, and forgets the oldest', () => {
    const server = drops();
    const tokens = Array.from({ length: 21 }, () => {
      const outcome = server.serve(page, ['/a']);
      return outcome.ok ? outcome.value.token : '';
    });

    expect(() => server.pathsOf('__proto__')).toThrow('Drop the files again.');
    expect(() => server.pathsOf(tokens[0]!)).toThrow('Drop the files again.');
    expect(server.pathsOf(tokens[1]!)).toEqual(['/a']);
    expect(new Set(tokens).size).toBe(21);
  });
});
