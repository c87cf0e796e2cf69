import type { Simulator } from '../../../main/simulator/simulator.ts';
import type { StartMainOptions } from '../../hostile/support/start-main.ts';
import type { Stage } from './stage.ts';

/** What a scenario needs before it begins. */
export interface Setting {
  readonly main: StartMainOptions;
  /** Those whose requests are written down; closed after the scenario. */
  readonly simulators: readonly Simulator[];
}

/** One thing a user does from beginning to end, without a window. */
export interface Scenario {
  /** Names its files. */
  readonly name: string;
  prepare(): Promise<Setting>;
  play(stage: Stage, simulators: readonly Simulator[]): Promise<void>;
}
