import type { CommandParam } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import type { CommandDefinition, CommandParams } from './definition.ts';

/** Checks parameters against the command's list and fills in what was left out. Throws Failed `invalid` naming the field. */
export function checkParams(command: CommandDefinition, given: CommandParams): CommandParams {
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

/** A text that is a whole number, as talosctl reads it; undefined for none. Throws Failed `invalid` naming the parameter. */
export function wholeNumber(params: CommandParams, { id, title }: CommandParam): number | undefined {
  const text = textParam(params, id);
  if (text === '') return undefined;
  const number = Number(text);
  if (/^[+-]?\d{1,15}$/.test(text)) return number;
  throw wrong(id, `${title} is a whole number, not "${text}".`);
}

/** A text parameter; empty when it was left out. */
export function textParam(params: CommandParams, id: string): string {
  const value = params[id];
  return typeof value === 'string' ? value : '';
}

function checkParam(param: CommandParam, value: string | boolean): string | boolean {
  switch (param.kind) {
    case 'flag':
      if (typeof value === 'boolean') return value;
      throw wrong(param.id, `${param.title} is either on or off.`);
    case 'choice':
      if (typeof value === 'string' && param.choices?.includes(value) === true) return value;
      throw wrong(param.id, `${param.title} is one of ${param.choices?.join(', ') ?? 'nothing'}.`);
    case 'text':
      if (typeof value !== 'string') throw wrong(param.id, `${param.title} is a text.`);
      if (param.required && value.trim() === '') throw wrong(param.id, `${param.title} is empty.`);
      return value.trim();
  }
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
