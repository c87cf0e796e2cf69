import { formatNumber } from '../format/numbers.ts';
import { visible } from '../visible.ts';
import type { CommandParam } from './commands.ts';

/** A value as a run takes it, or why it is none: a sentence that names the parameter. */
export type ParamReading = { readonly value: string } | { readonly problem: string };

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** As Go reads a duration: `1h30m`, `1.5s`, `300ms`. */
const DURATION =
  /^(?:0|\+?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))*)$/;

/**
 * Reads what was typed, or given by position or flag of talosctl. The page and main ask the same, so that a field says at
 * once what a run would refuse. Empty text is a value: that of a parameter that was left out.
 */
export function readParam(param: CommandParam, text: string): ParamReading {
  const typed = text.trim();
  const { title } = param;
  if (typed === '') return param.required ? { problem: `${title} is empty.` } : { value: '' };
  switch (param.kind) {
    case 'number':
      return readNumber(param, typed);
    case 'size':
      return readSize(title, typed);
    case 'duration':
      return DURATION.test(typed)
        ? { value: typed }
        : { problem: `${title} is a time such as 30s, 5m or 1h30m, not "${visible(typed)}".` };
    case 'path':
      return visible(typed) === typed ? { value: typed } : { problem: `${title} has signs that cannot be seen.` };
    case 'list':
      return readList(param, typed);
    case 'choice':
      return param.choices?.includes(typed) === true
        ? { value: typed }
        : { problem: `${title} is one of ${param.choices?.join(', ') ?? 'nothing'}.` };
    case 'text':
    case 'lines':
    case 'flag':
      return { value: typed };
  }
}

/** Talos takes 32 bits; what does not fit would arrive as another number. */
const MOST = 1_000_000_000;

function readNumber({ title, least = -MOST }: CommandParam, typed: string): ParamReading {
  if (!/^[+-]?\d{1,15}$/.test(typed)) return { problem: `${title} is a whole number, not "${visible(typed)}".` };
  const number = Number(typed);
  if (number < least) return { problem: `${title} is at least ${formatNumber(least)}.` };
  if (number > MOST) return { problem: `${title} is at most ${formatNumber(MOST)}.` };
  return { value: String(number) };
}

function readSize(title: string, typed: string): ParamReading {
  const [, digits, unit = ''] = /^([+-]?\d{1,15}(?:\.\d{1,6})?)\s*([a-z]*)$/i.exec(typed) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const bytes = Math.round(Number(digits) * (factor ?? Number.NaN));
  return Number.isSafeInteger(bytes)
    ? { value: String(bytes) }
    : { problem: `${title} is a size such as 4096, 512 KiB or 10 MiB, not "${visible(typed)}".` };
}

function readList({ title, choices }: CommandParam, typed: string): ParamReading {
  const items = typed
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const wrong = choices && items.find((item) => !choices.includes(item));
  if (wrong !== undefined)
    return { problem: `${title} has "${visible(wrong)}", which is none of ${choices?.join(', ') ?? ''}.` };
  return { value: items.join(',') };
}
