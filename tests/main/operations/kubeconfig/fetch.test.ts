import { afterEach, describe, expect, test } from 'vitest';
import { openHarness, signal, type KubeconfigHarness } from './harness.ts';

let opened: KubeconfigHarness | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

describe('a fetch', () => {
  test('takes a control plane by itself and says which', async () => {
    opened = await openHarness();
    const { fetched, failures } = await opened.kubeconfigs.fetch([opened.context], signal);

    expect(failures).toEqual([]);
    expect(fetched).toMatchObject([
      {
        context: 'sim',
        node: 'cp-1',
        certificate: { subject: 'O=system:masters, CN=admin' },
        talosctl: expect.stringContaining('kubeconfig') as string,
      },
    ]);
  });

  test('goes to the next control plane when one is down', async () => {
    opened = await openHarness({ endpoints: ['cp-2'] });
    opened.simulator.setNodeFault('cp-1', { kind: 'down' });

    expect((await opened.kubeconfigs.fetch([opened.context], signal)).fetched[0]?.node).toBe('cp-2');
  });

  test.each(['maintenance', 'frozen', 'daemon-down', 'error'] as const)(
    'goes to the next control plane when the first one is: %s',
    async (kind) => {
      opened = await openHarness({ endpoints: ['cp-2'] });
      opened.simulator.setNodeFault(
        'cp-1',
        kind === 'error'
          ? { kind, code: 13, text: 'something broke', methods: ['Kubeconfig'] }
          : kind === 'daemon-down'
            ? {
                kind: 'error',
                code: 14,
                text: 'dial unix /system/run/machined/machine.sock: connect: connection refused',
              }
            : { kind },
      );

      expect((await opened.kubeconfigs.fetch([opened.context], signal)).fetched[0]?.node).toBe('cp-2');
    },
    30_000,
  );

  test('explains a missing role, after one refusal', async () => {
    opened = await openHarness({ roles: ['os:reader'] });
    opened.simulator.clearCalls();

    await expect(opened.kubeconfigs.fetch([opened.context], signal)).rejects.toMatchObject({
      failure: {
        code: 'denied',
        message: 'Fetching a kubeconfig needs the role os:admin; this certificate has os:reader.',
      },
    });
    expect(opened.simulator.calls.filter(({ method }) => method.endsWith('/Kubeconfig'))).toHaveLength(1);
  });

  test('explains that only workers answered', async () => {
    opened = await openHarness({ controlPlanes: 1, workers: 1, endpoints: ['worker-01'] });
    opened.simulator.setNodeFault('cp-1', { kind: 'down' });

    await expect(opened.kubeconfigs.fetch([opened.context], signal)).rejects.toMatchObject({
      failure: { message: expect.stringMatching(/worker|control plane|reach/) as string },
    });
  });

  test('of several contexts lists the ones that failed', async () => {
    opened = await openHarness();
    const answer = await opened.kubeconfigs.fetch([opened.context, 'nowhere'], signal);

    expect(answer.fetched.map(({ context }) => context)).toEqual(['sim']);
    expect(answer.failures).toMatchObject([{ context: 'nowhere', failure: { code: 'not-found' } }]);
  });

  test('is cancelled with its signal', async () => {
    opened = await openHarness();
    await expect(opened.kubeconfigs.fetch([opened.context], AbortSignal.abort())).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
  });
});
