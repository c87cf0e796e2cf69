import { expect, test } from 'vitest';
import { explainCall } from '../../../../../main/operations/clusters/words/call-failure.ts';
import { PoolCallError, type CallCause } from '../../../../../main/pool/calls/call-error.ts';
import type { WasSent } from '../../../../../main/pool/calls/retry.ts';

const lost = (cause: CallCause, wasSent: WasSent): string =>
  explainCall(
    new PoolCallError({
      cause,
      method: '/machine.MachineService/Reboot',
      methodClass: 'once',
      wasSent,
      endpoint: '10.0.0.2',
    }),
    { node: 'cp-1' },
  ).code;

test.each([['closed'], ['cancelled'], ['deadline']] as const)(
  'a once call that had left when the cause was %s may have happened',
  (kind) => {
    expect(lost({ kind }, true)).toBe('maybe-done');
    expect(lost({ kind }, 'unknown')).toBe('maybe-done');
    expect(lost({ kind }, false)).not.toBe('maybe-done');
  },
);
