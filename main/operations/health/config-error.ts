import type { LensEvent } from '../../../preload/contract/index.ts';
import { eventMs } from '../../talos/event-id.ts';
import { shortLine } from './spec-facts.ts';

/** A configuration that a node could not use, in its own words. */
export interface ConfigError {
  /** `load`: it could not be fetched or read. `validation`: it was read and is not valid. */
  readonly kind: 'load' | 'validation';
  /** One line. */
  readonly message: string;
  /** First moment it was so, by the node's own clock; NaN when its event does not say. */
  readonly toldMs: number;
}

/** What the events so far say of the configuration. */
export interface ConfigHistory {
  readonly error?: ConfigError;
  /** The stage that was told last. */
  readonly stage?: string;
}

/** Sequences that begin only when there is a configuration to go by (docs/talos-behaviour.md, health). */
const HAS_CONFIG: ReadonlySet<string> = new Set(['boot', 'install']);

/** What is known after one more event: an error stands until the node boots or installs with a good one, or comes to run. */
export function afterEvent(before: ConfigHistory, { id, kind, subject, action, message }: LensEvent): ConfigHistory {
  switch (kind) {
    case 'config-load-error':
    case 'config-validation-error': {
      const toldMs = before.error?.toldMs ?? eventMs(id);
      const error = kind === 'config-load-error' ? 'load' : 'validation';
      return { ...before, error: { kind: error, message: shortLine(message), toldMs } };
    }
    case 'sequence':
      return action === 'START' && HAS_CONFIG.has(subject) ? withoutError(before) : before;
    case 'machine-status':
      // Readiness comes and goes while it runs, whatever it could not use.
      return { ...(subject === 'RUNNING' && before.stage !== 'RUNNING' ? {} : before), stage: subject };
    default:
      return before;
  }
}

const withoutError = ({ error: _error, ...rest }: ConfigHistory): ConfigHistory => rest;
