import type { AnyAnswer } from '../answer.ts';
import { cosiAnswers } from './cosi.ts';
import { machineAnswers } from './machine.ts';

/** Everything the simulated nodes can answer, by method path. The rest is UNIMPLEMENTED. */
export function allAnswers(): ReadonlyMap<string, AnyAnswer> {
  return new Map<string, AnyAnswer>([...machineAnswers, ...cosiAnswers()]);
}
