import { afterEach, describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../../main/credentials/mint.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { threadTimeMs } from '../../../fakes/thread-time.ts';

let opened: TestWorkspace;
afterEach(() => opened.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a talosconfig of many contexts', () => {
  it('is listed at once; a signature that is wrong is told of right after', async () => {
    const authority = await mintAuthority('talos');
    const leaf = await authority.issue({ organizations: ['os:admin'], eku: 'clientAuth' });
    const der = Buffer.from(leaf.certPem.split('\n').slice(1, -2).join(''), 'base64');
    der[der.length - 3]! ^= 1;
    const forged = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const context = (name: string, crt: string): string =>
      `  ${name}: {endpoints: [127.0.0.2], ca: ${base64(authority.certPem)}, crt: ${base64(crt)}, key: ${base64(leaf.talosKeyPem)}}\n`;
    const good = Array.from({ length: 250 }, (_, index) => context(`c${index}`, leaf.certPem)).join('');
    opened = await openWorkspace(`context: c0\ncontexts:\n${good}${context('forged', forged)}`);
    const { state } = opened.workspace.talosconfig;

    expect(state.current.contexts).toHaveLength(251);
    await expect
      .poll(() =>
        state.current.contexts.flatMap(({ name, problems }) => problems.map(({ message }) => [name, message])),
      )
      .toEqual([['forged', 'The client certificate was not issued by the CA in this context.']]);
  });

  it('never holds the window up, also with 10,000 contexts and strange names', { timeout: 60_000 }, async () => {
    const names = ['__proto__', 'constructor', '"\\u202Etxt"', '010', '1.10', 'x'.repeat(1000)];
    const name = (index: number): string => names[index] ?? `c${index}`;
    const contexts = Array.from(
      { length: 10_000 },
      (_, index) => `  ${name(index)}: {endpoints: [a, b], nodes: [c]}\n`,
    );
    const turns = watchTurns();
    opened = await openWorkspace(`context: c9\ncontexts:\n${contexts.join('')}`);
    const { contexts: read } = opened.workspace.talosconfig.state.current;

    expect(read.map((context) => context.name)).toEqual(
      contexts.map((_, index) => (index === 2 ? '\u202Etxt' : name(index))),
    );
    // 50 ms on a quiet machine, and what the machine does besides.
    expect(turns.longestMs()).toBeLessThan(150);
  });
});

/** How long this thread worked without turning to another event; other processes do not count. */
function watchTurns(): { longestMs(): number } {
  let longest = 0;
  let last = threadTimeMs();
  let isRunning = true;
  const turn = (): void => {
    longest = Math.max(longest, threadTimeMs() - last);
    last = threadTimeMs();
    if (isRunning) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    longestMs: () => {
      isRunning = false;
      return longest;
    },
  };
}
