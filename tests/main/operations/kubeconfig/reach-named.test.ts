import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { reachNamed } from '../../../../main/operations/kubeconfig/reach-named.ts';
import { endpointHost } from '../../../../main/operations/talosconfigs/named-hosts.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import type { ConfirmQuestion } from '../../../../preload/contract/index.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Listens on an address of loopback; counts who comes. */
async function listening(host: string): Promise<{ readonly url: string; readonly visits: () => number }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  servers.push(server);
  return { url: `https://${host}:${(server.address() as { port: number }).port}`, visits: () => visits };
}

const { signal } = new AbortController();
const named = new Set([endpointHost('127.0.0.1').key]);

test('an address that only the cluster names is not dialled unasked, as server or as alternative', async () => {
  const [known, other] = [await listening('127.0.0.1'), await listening('127.66.6.7')];
  const wish = { context: 'prod', named, ask: undefined, signal };

  const asServer = await reachNamed({ ...wish, server: other.url, alternatives: [known.url] });
  const asAlternative = await reachNamed({ ...wish, server: 'https://127.0.0.1:1', alternatives: [other.url] });

  expect(asServer).toMatchObject({ isReachable: false, isUntried: true, alternatives: [{ isReachable: true }] });
  expect(asAlternative.alternatives).toMatchObject([{ isReachable: false, isUntried: true }]);
  expect([known.visits(), other.visits()]).toEqual([1, 0]);
});

test('the user is asked with every such address, and their refusal dials nothing at all', async () => {
  const [known, other] = [await listening('127.0.0.1'), await listening('127.66.6.7')];
  const asked: ConfirmQuestion[] = [];
  const refuse = (question: ConfirmQuestion): Promise<void> => {
    asked.push(question);
    return Promise.reject(new Failed({ code: 'cancelled', message: 'no' }));
  };
  const wish = { context: 'prod', named, server: known.url, alternatives: [other.url], signal };

  await expect(reachNamed({ ...wish, ask: refuse })).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect([known.visits(), other.visits(), asked.map(({ names }) => names?.items)]).toEqual([0, 0, [[other.url]]]);

  const reach = await reachNamed({ ...wish, server: other.url, ask: () => Promise.resolve() });
  expect([reach.isReachable, other.visits()]).toEqual([true, 1]);
});
