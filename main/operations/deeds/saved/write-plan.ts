import { Literal, type PlainValue } from '../../../yaml/plain-value.ts';
import { renderLines } from '../../../yaml/render-yaml.ts';
import type { PlanFile } from './plan-file.ts';

const HEAD = [
  '# A plan of Minos for a colleague. Opening it changes nothing: Minos reads the machines anew, shows what differs,',
  '# and asks before anything is done. There is no secret in it.',
];

/** The file as YAML. */
export function planText(file: PlanFile): string {
  const map = new Map(Object.entries(file).map(([name, value]) => [name, plain(value)]));
  return [...HEAD, ...renderLines(map, '', '  '), ''].join('\n');
}

function plain(value: unknown): PlainValue {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item));
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  return new Literal(String(value));
}
