import { describe, expect, it } from 'vitest';
import { CHECK_NAMES } from '../../../../main/operations/checks/check-list.ts';
import { serverRun, waitingSteps } from '../../../../main/operations/checks/server-run.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import type { CheckEvent } from '../../../../preload/contract/index.ts';
import { collectEvents } from '../work/runs-harness.ts';

const passed = CHECK_NAMES.flatMap((name) => [`waiting for ${name}: ...`, `waiting for ${name}: OK`]);

/** What is told of a node that says these lines and then ends its stream well. */
async function told(lines: readonly string[]): Promise<readonly CheckEvent[]> {
  const connection = {
    serverStream: async function* () {
      for (const message of lines) yield { message };
    },
  } as unknown as Caller;
  const now = (): number => 0;
  const request = { connection, node: 'cp-1', timeoutMs: 1000, controlPlanes: [], workers: [], kubernetesEndpoint: '' };
  return collectEvents(serverRun({ ...request, signal: new AbortController().signal, now }, waitingSteps(now)));
}

describe('a health check whose stream ends well', () => {
  it('is healthy once the last check has passed, also where a Talos leaves some out', async () => {
    expect((await told(passed)).at(-1)).toMatchObject({ state: 'healthy' });
    expect((await told(passed.filter((line) => !line.includes('diagnostics')))).at(-1)).toMatchObject({
      state: 'healthy',
    });
  });

  it.each([
    ['said nothing at all', 0],
    ['ended between two checks', 8],
  ])('is not called healthy where the node %s', async (_what, count) => {
    const events = await told(passed.slice(0, count));

    expect(events.at(-1)).toMatchObject({
      state: 'unhealthy',
      failure: { code: 'unreachable', message: 'cp-1 ended the health check before its last check.' },
    });
    expect(events.at(-2)).toMatchObject({
      step: { state: 'not-run', text: expect.stringContaining('ended') as string },
    });
  });

  it('is not healthy while a check is waited for', async () => {
    expect((await told(passed.slice(0, 9))).at(-1)).toMatchObject({
      failure: { message: 'cp-1 ended the health check while waiting for all nodes memory sizes.' },
    });
  });
});
