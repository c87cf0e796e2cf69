import type { DiagnosticsOptions } from '../../main/operations/app/diagnostics.ts';

/** For tests that never ask for them: whatever is asked fails. */
export function noDiagnostics(): DiagnosticsOptions {
  const refuse = (): never => {
    throw new Error('not in this test');
  };
  return {
    ...{ now: refuse, system: '', upMs: refuse, mainBytes: refuse, isSealed: refuse, testTls: refuse },
    logs: { path: '', lines: refuse, failures: refuse, show: refuse },
  };
}
