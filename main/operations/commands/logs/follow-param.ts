import type { CommandParam } from '../../../../preload/contract/index.ts';
import type { CommandParams, TalosctlFlag } from '../kit/definition.ts';

/** `-f`: go on with what is written from now on. */
export const FOLLOW_PARAM: CommandParam = {
  id: 'follow',
  title: 'Follow, without a deadline',
  kind: 'flag',
  required: false,
  initial: false,
};

/** How talosctl writes {@link FOLLOW_PARAM}. */
export const FOLLOW_FLAG: TalosctlFlag = { long: 'follow', short: 'f', takesValue: false, param: FOLLOW_PARAM.id };

/** Is the run to stay open? */
export function follows(params: CommandParams): boolean {
  return params[FOLLOW_PARAM.id] === true;
}
