import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { TalosctlRun } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { checkedNode } from '../../../talos/node-value.ts';
import type { TalosctlFlag, Writable } from './definition.ts';
import { checkParams } from './params.ts';
import { insteadOf } from './instead.ts';
import { nearestNames } from './nearest-names.ts';
import { splitShellWords } from './shell-words.ts';

/** Flags of every command that talks to a cluster (docs/talos-behaviour.md §2.4). */
export const GLOBAL_FLAGS: readonly TalosctlFlag[] = [
  { long: 'nodes', short: 'n', takesValue: true },
  { long: 'context', takesValue: true },
  {
    long: 'endpoints',
    short: 'e',
    takesValue: true,
    note: 'Minos uses the endpoints that the screen Endpoints shows.',
  },
  { long: 'talosconfig', takesValue: true, note: 'Minos uses the talosconfig that is open.' },
  { long: 'cluster', short: 'c', takesValue: true, note: 'Minos uses the cluster name of the context.' },
];

interface Parts {
  readonly flags: readonly {
    readonly flag: TalosctlFlag;
    readonly written: string;
    readonly value: string | undefined;
  }[];
  readonly positionals: readonly string[];
}

/**
 * Understands a talosctl command line. Throws Failed `invalid` that names the word it does not understand, in `where.field`
 * too. Nothing is run.
 */
export function parseTalosctl(line: string, commands: readonly Writable[]): TalosctlRun {
  const words = afterTalosctl(splitShellWords(line));
  const { command, nameWords } = findCommand(words, commands);
  const { flags, positionals } = readWords(words, flagsOf(command), command.title);
  const operands = positionals.slice(nameWords);

  const params: Record<string, string | boolean> = {};
  const notes = new Set<string>();
  const nodes: string[] = [];
  let context: string | undefined;
  const isLast = ({ flag }: (typeof flags)[number]): boolean => flag.isLast === true;
  for (const { flag, written, value } of [...flags.filter((one) => !isLast(one)), ...flags.filter(isLast)]) {
    if (flag.refused !== undefined && (flag.takesValue || isOn(written, value)))
      throw misunderstood(written, `${written}: ${flag.refused}`);
    if (flag.note !== undefined) notes.add(`${written} has no effect: ${flag.note}`);
    else if (flag.long === 'nodes') nodes.push(...nodesOf(value ?? ''));
    else if (flag.long === 'context') context = value ?? '';
    else if (flag.param !== undefined) {
      const isMany = flag.isRepeated === true || flag.several !== undefined;
      const before = isMany ? params[flag.param] : undefined;
      const given = flag.takesValue ? (flag.readAs?.(value ?? '') ?? value ?? '') : isOn(written, value);
      const join = flag.several?.join ?? ((texts: readonly string[]) => texts.join(','));
      params[flag.param] = before === undefined ? given : join([String(before), String(given)]);
    }
  }
  for (const [index, word] of operands.entries()) {
    const param = command.syntax.positionals?.[index];
    const refusal = command.syntax.refuse?.(index, word);
    if (refusal !== undefined) throw misunderstood(word, `${refusal}.`);
    const { rest } = command.syntax;
    if (param !== undefined) params[param] = command.syntax.spelled?.[param]?.read(word) ?? word;
    else if (rest !== undefined) params[rest] = [params[rest], word].filter((one) => one !== undefined).join(',');
    else if (command.syntax.ignoresMore === true) continue;
    else if (command.syntax.refuse === undefined || index > 1)
      throw misunderstood(word, `"${word}" is one word too many for ${command.syntax.names[0] ?? ''}.`);
  }
  if (command.isDeed === true && nodes.length === 0) throw namesNobody(command);
  return {
    command: command.id,
    ...(command.opens !== undefined && { opens: { action: command.opens, title: command.title } }),
    params: checkParams(command, params),
    nodes,
    ...(context !== undefined && { context }),
    notes: [...notes],
  };
}

/** Without the program's name, and without the prompt that people copy with it. Throws Failed `invalid` for another program. */
export function afterTalosctl(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words[0] === '$' || words[0] === '#' ? words.slice(1) : words;
  if (first === undefined) throw misunderstood('', 'The line is empty.');
  if (/(^|[/\\])talosctl(\.exe)?$/.test(first)) return rest;
  throw misunderstood(first, `"${first}" is not talosctl.`);
}

/** Every flag of a command, those of all commands first. */
export const flagsOf = ({ syntax }: Writable): readonly TalosctlFlag[] => [...GLOBAL_FLAGS, ...(syntax.flags ?? [])];

/** Words that are no flags and no values of one. */
export const operandsOf = (words: readonly string[], flags: readonly TalosctlFlag[]): readonly string[] =>
  tokensOf(words, flags).flatMap((token) => (token.kind === 'positional' ? [token.value] : []));

/** The command with the longest name that the first words are, and how many words it has. Flags may stand before them. */
export function findCommand(
  words: readonly string[],
  commands: readonly Writable[],
): { readonly command: Writable; readonly nameWords: number } {
  let found: { command: Writable; nameWords: number } | undefined;
  for (const command of commands) {
    const given = operandsOf(words, flagsOf(command));
    for (const name of command.syntax.names) {
      const parts = name.split(' ');
      const isClaimed = command.syntax.claims?.(given.slice(parts.length));
      const isLonger = parts.length + (isClaimed === true ? 1 : 0) > (found?.nameWords ?? 0);
      if (isLonger && isClaimed !== false && parts.every((part, index) => part === given[index]))
        found = { command, nameWords: parts.length };
    }
  }
  if (found === undefined) throw unknownCommand(words, commands);
  return found;
}

function unknownCommand(words: readonly string[], commands: readonly Writable[]): Failed {
  const given = operandsOf(words, [...GLOBAL_FLAGS, ...commands.flatMap(({ syntax }) => syntax.flags ?? [])]);
  const [name] = given;
  if (name === undefined) return misunderstood('talosctl', 'The line names no command of talosctl.');
  const instead = insteadOf(given);
  if (instead !== undefined) return misunderstood(name, instead.message, instead.hint);
  const names = commands.flatMap(({ syntax }) => syntax.names[0] ?? []);
  const within = names.filter((one) => one.startsWith(`${name} `));
  if (within.length > 0) {
    return misunderstood(
      name,
      `"${given.slice(0, 2).join(' ')}" is no command of talosctl.`,
      `There are ${within.join(', ')}.`,
    );
  }
  const nearest = nearestNames(name, names);
  return misunderstood(
    name,
    `talosctl has no command "${name}".`,
    nearest.length > 0
      ? `Nearest ${nearest.length === 1 ? 'is' : 'are'} ${nearest.join(', ')}.`
      : 'Search or run lists every command once “talosctl” and a space are typed.',
  );
}

function readWords(words: readonly string[], flags: readonly TalosctlFlag[], title: string): Parts {
  const read: Parts['flags'][number][] = [];
  const positionals: string[] = [];
  for (const token of tokensOf(words, flags)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flags.find(({ long, short }) =>
      token.rawName.startsWith('--') ? token.rawName === `--${long}` : token.rawName === `-${short ?? ''}`,
    );
    const written = token.rawName;
    if (flag === undefined) throw misunderstood(written, `${title} has no flag ${written}.`);
    // cobra takes `-n=cp-1` and `-n cp-1` for the same.
    const value = written.startsWith('--') ? token.value : token.value?.replace(/^=/, '');
    if (flag.takesValue && value === undefined) throw misunderstood(written, `${written} has no value.`);
    read.push({ flag, written, value });
  }
  return { flags: read, positionals };
}

function tokensOf(args: readonly string[], flags: readonly TalosctlFlag[]) {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const { long, short, takesValue } of flags) {
    if (Object.hasOwn(options, long)) continue;
    const isShortFree = short !== undefined && !Object.values(options).some((option) => option.short === short);
    options[long] = { type: takesValue ? 'string' : 'boolean', multiple: true, ...(isShortFree && { short }) };
  }
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function nodesOf(value: string): readonly string[] {
  const nodes = value.split(',').map((node) => node.trim());
  return nodes
    .filter((node) => node !== '')
    .map((node) => {
      try {
        return checkedNode(node);
      } catch (error) {
        throw error instanceof Failed ? new Failed({ ...error.failure, where: { field: node } }, error) : error;
      }
    });
}

function isOn(written: string, value: string | undefined): boolean {
  if (value === undefined) return true;
  if (/^(true|t|1)$/i.test(value)) return true;
  if (/^(false|f|0)$/i.test(value)) return false;
  throw misunderstood(value, `${written} is either on or off, not "${value}".`);
}

/** talosctl would take the nodes of the context: nothing is changed on machines that nobody named. */
function namesNobody({ syntax }: Writable): Failed {
  const name = syntax.names[0] ?? '';
  return misunderstood(name, `"${name}" changes machines, and the line names none.`, 'Write -n and the machines.');
}

function misunderstood(word: string, message: string, hint?: string): Failed {
  return new Failed({ code: 'invalid', message, ...(hint !== undefined && { hint }), where: { field: word } });
}
