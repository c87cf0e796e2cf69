import type { Diagnostics } from '../../../preload/contract/index.ts';
import type { TlsSelfTestResult } from '../../credentials/tls-self-test.ts';

/** What the log and the system say of themselves. */
export interface Logs {
  readonly path: string;
  /** Newest warnings and errors, oldest first, each of bounded length, without anything secret. */
  readonly lines: () => readonly string[];
  /** The newest failures that were shown, with their trace ids, oldest first. */
  readonly failures: () => readonly string[];
  /** Shows the file in the system's file manager. */
  readonly show: () => void;
}

/** What {@link diagnose} asks. */
export interface DiagnosticsOptions {
  readonly now: () => number;
  readonly system: string;
  readonly upMs: () => number;
  readonly mainBytes: () => number;
  readonly isSealed: () => boolean;
  readonly testTls: () => Promise<TlsSelfTestResult>;
  readonly logs: Logs;
}

/** What helps to find out why Minos does not do what it should. Never rejects. */
export async function diagnose(options: DiagnosticsOptions): Promise<Diagnostics> {
  const { now, system, upMs, mainBytes, isSealed, testTls, logs } = options;
  const tested = await testTls();
  return {
    ...{ atMs: now(), system, upMs: upMs(), mainBytes: mainBytes(), isSealed: isSealed() },
    tls: tested.ok
      ? { isOk: true, text: `accepts Ed25519, which Talos uses; tried in ${Math.round(tested.tookMs)} ms` }
      : { isOk: false, text: `${tested.sentence} ${tested.details}` },
    log: { path: logs.path, lines: logs.lines(), failures: logs.failures() },
  };
}
