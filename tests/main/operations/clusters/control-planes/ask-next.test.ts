import { describe, expect, test } from 'vitest';
import { Failed, failure, type FailureParts } from '../../../../../main/lib/failed.ts';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import { askNext } from '../../../../../main/operations/clusters/control-planes/ask-next.ts';
import { explainCall } from '../../../../../main/operations/clusters/words/call-failure.ts';
import { AllEndpointsDown, PoolCallError } from '../../../../../main/pool/calls/call-error.ts';
import type { MethodPath } from '../../../../../main/talos/method-types.ts';
import type { NodeSummary } from '../../../../../preload/contract/index.ts';

const node = (target: string): NodeSummary => ({ target, addresses: [], role: 'controlplane', sources: ['context'] });
const connection = { explain: explainCall } as unknown as Caller;
const KUBECONFIG = '/machine.MachineService/Kubeconfig';

/** Asks a, the endpoint and c; each says what stands here, or answers. */
async function asking(method: MethodPath, says: Readonly<Record<string, Error>>) {
  const asked: string[] = [];
  const end = await askNext({
    connection,
    method,
    candidates: [node('a'), undefined, node('c')],
    signal: new AbortController().signal,
    ask: (target = 'endpoint') => {
      asked.push(target);
      const said = says[target];
      return said === undefined ? Promise.resolve(`answer of ${target}`) : Promise.reject(said);
    },
  }).then(
    ({ value, by }) => `${value}, by ${by?.target ?? 'itself'}`,
    (error: unknown) => (error instanceof Failed ? error.failure.message : 'another error'),
  );
  return { asked: asked.join(' '), end };
}
const failed = (code: FailureParts['code'], retry: FailureParts['retry'] = 'never'): Failed =>
  new Failed(failure({ code, message: code, retry }));

describe('what any control plane can answer', () => {
  test.each([
    'untrusted',
    'unreachable',
    'timeout',
    'not-supported',
    'precondition',
    'internal',
    'invalid',
    'too-large',
    'credentials',
    'maybe-done',
  ] as const)('is asked of the next when one is %s', async (code) => {
    expect(await asking(KUBECONFIG, { a: failed(code), endpoint: failed(code) })).toEqual({
      asked: 'a endpoint c',
      end: 'answer of c, by c',
    });
  });

  test.each(['denied', 'unauthenticated'] as const)('is not when all would say the same: %s', async (code) => {
    expect(await asking(KUBECONFIG, { a: failed(code) })).toEqual({ asked: 'a', end: code });
  });

  test('is not asked of anybody when no endpoint leads anywhere', async () => {
    const parts = { method: KUBECONFIG, methodClass: 'idempotent', wasSent: false } as const;
    const silent = failure({ code: 'timeout', message: 'silent' });
    const late = new PoolCallError({
      ...parts,
      cause: { kind: 'deadline' },
      endpoint: 'cp-1',
      reasons: [{ endpoint: 'cp-1', failure: silent }],
    });

    expect((await asking(KUBECONFIG, { a: new AllEndpointsDown({ ...parts, reasons: [] }) })).asked).toBe('a');
    expect((await asking(KUBECONFIG, { a: late })).asked).toBe('a');
  });

  test('is told with the first failure when nobody answers', async () => {
    expect(
      await asking(KUBECONFIG, { a: failed('untrusted'), endpoint: failed('not-supported'), c: failed('timeout') }),
    ).toEqual({ asked: 'a endpoint c', end: 'untrusted' });
  });
});

describe('what may run once', () => {
  const once = '/machine.MachineService/EtcdForfeitLeadership';

  test.each([failed('maybe-done', 'ask'), failed('internal', 'ask'), failed('timeout', 'never')])(
    'is asked of nobody else where it may have been carried out: %s',
    async (error) => {
      expect((await asking(once, { a: error })).asked).toBe('a');
    },
  );

  test.each([failed('untrusted', 'safe'), failed('unreachable', 'safe'), failed('not-supported')])(
    'goes on where it certainly was not: %s',
    async (error) => {
      expect((await asking(once, { a: error })).end).toBe('answer of endpoint, by itself');
    },
  );
});
