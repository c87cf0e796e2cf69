import { readParam, type CommandParam } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { CommandDefinition, CommandParams, Writable } from './definition.ts';

/** Checks parameters against the command's list and fills in what was left out. Throws Failed `invalid` naming the field. */
export function checkParams(command: Writable, given: CommandParams): CommandParams {
  const known = new Set(command.params.map(({ id }) => id));
  for (const id of Object.keys(given)) {
    if (!known.has(id)) throw wrong(id, `${command.title} has no parameter ${id}.`);
  }
  const checked: Record<string, string | boolean> = {};
  for (const param of command.params) {
    const value = given[param.id] ?? param.initial;
    if (value !== undefined) checked[param.id] = checkParam(param, value);
    else if (param.required) throw wrong(param.id, `${command.title} needs a value for ${param.title}.`);
  }
  command.check?.(checked);
  return checked;
}

/** A checked parameter of kind `number` or `size`; undefined when it was left out. */
export function wholeNumber(params: CommandParams, { id }: CommandParam): number | undefined {
  const text = textParam(params, id);
  return text === '' ? undefined : Number(text);
}

/** A text parameter; empty when it was left out. */
export function textParam(params: CommandParams, id: string): string {
  const value = params[id];
  return typeof value === 'string' ? value : '';
}

function checkParam(param: CommandParam, value: string | boolean): string | boolean {
  if (param.kind === 'flag') {
    if (typeof value === 'boolean') return value;
    throw wrong(param.id, `${param.title} is either on or off.`);
  }
  if (typeof value !== 'string') throw wrong(param.id, `${param.title} is a text.`);
  const read = readParam(param, value);
  if ('problem' in read) throw wrong(param.id, read.problem);
  // Left empty is left out.
  return read.value === '' && param.initial !== undefined ? param.initial : read.value;
}

/** Parameters as they may be kept: those with sensitive values are left out and named. */
export function keepableParams(
  command: CommandDefinition,
  params: CommandParams,
): { readonly params: CommandParams; readonly missing: readonly string[] } {
  const sensitive = new Set(command.params.flatMap(({ id, isSensitive }) => (isSensitive === true ? [id] : [])));
  const entries = Object.entries(params);
  return {
    params: Object.fromEntries(entries.filter(([id]) => !sensitive.has(id))),
    missing: entries.flatMap(([id]) => (sensitive.has(id) ? [id] : [])),
  };
}

/** The failure of a parameter that is not what it must be. */
export function wrong(field: string, message: string): Failed {
  return new Failed({ code: 'invalid', message, where: { field } });
}
