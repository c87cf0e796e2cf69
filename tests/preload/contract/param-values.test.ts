import { describe, expect, it } from 'vitest';
import { readParam, type CommandParam, type ParamKind } from '../../../preload/contract/index.ts';

const param = (kind: ParamKind, over: Partial<CommandParam> = {}): CommandParam => ({
  ...{ id: 'x', title: 'Limit', kind, required: false },
  ...over,
});

describe('a value of a parameter', () => {
  it.each<[ParamKind, string, string]>([
    ['number', ' +20 ', '20'],
    ['number', '-1', '-1'],
    ['size', '4096', '4096'],
    ['size', '-5', '-5'],
    ['size', '512 KiB', '524288'],
    ['size', '1.5MiB', '1572864'],
    ['size', '10mb', '10000000'],
    ['duration', '1h30m', '1h30m'],
    ['duration', '1.5s', '1.5s'],
    ['duration', '300ms', '300ms'],
    ['path', ' /var/log ', '/var/log'],
    ['list', 'f, d,,l', 'f,d,l'],
    ['text', ' etcd ', 'etcd'],
    ['size', '', ''],
  ])('of kind %s takes "%s"', (kind, text, value) => {
    expect(readParam(param(kind), text)).toEqual({ value });
  });

  it.each<[ParamKind, string, string]>([
    ['number', '1.5', 'Limit is a whole number, not "1.5".'],
    ['number', '0x10', 'Limit is a whole number, not "0x10".'],
    ['number', '1e9', 'Limit is a whole number, not "1e9".'],
    ['number', '4294967295', 'Limit is at most 1,000,000,000.'],
    ['number', '-4294967295', 'Limit is at least -1,000,000,000.'],
    ['size', '0x10', 'Limit is a size such as 4096, 512 KiB or 10 MiB, not "0x10".'],
    ['size', '10 furlongs', 'Limit is a size such as 4096, 512 KiB or 10 MiB, not "10 furlongs".'],
    ['size', '9999999999 TiB', 'Limit is a size such as 4096, 512 KiB or 10 MiB, not "9999999999 TiB".'],
    ['duration', '90', 'Limit is a time such as 30s, 5m or 1h30m, not "90".'],
    ['duration', '1d', 'Limit is a time such as 30s, 5m or 1h30m, not "1d".'],
    ['path', '/var/\u202elog', 'Limit has signs that cannot be seen.'],
  ])('of kind %s refuses "%s" and names the parameter', (kind, text, problem) => {
    expect(readParam(param(kind), text)).toEqual({ problem });
  });

  it('keeps to its bounds and choices, and is there where it must be', () => {
    expect(readParam(param('number', { least: -1 }), '-2')).toEqual({ problem: 'Limit is at least -1.' });
    expect(readParam(param('list', { choices: ['f', 'd'] }), 'f,x')).toEqual({
      problem: 'Limit has "x", which is none of f, d.',
    });
    expect(readParam(param('text', { required: true }), '  ')).toEqual({ problem: 'Limit is empty.' });
  });
});
