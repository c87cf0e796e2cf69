import type { CommandParam, TalosctlCompletion } from '../../../../preload/contract/index.ts';
import type { TalosctlFlag, Writable } from './definition.ts';
import { splitShellWords } from './shell-words.ts';
import { afterTalosctl, findCommand, flagsOf, GLOBAL_FLAGS, operandsOf } from './talosctl-parse.ts';

type Wanted = NonNullable<TalosctlCompletion['wants']>;
type Option = TalosctlCompletion['options'][number];

/** What may stand where the last word is. */
interface Offered {
  readonly options: readonly Option[];
  readonly wants?: Wanted;
}

const NOTHING: Offered = { options: [] };
const MOST = 50;
/** What a global flag takes. */
const OF_GLOBAL: Readonly<Record<string, Wanted>> = { nodes: 'node', context: 'context' };

/** How a line of talosctl may go on after its last sign, by the same commands and flags that it is read with. Never throws. */
export function completeTalosctl(line: string, commands: readonly Writable[]): TalosctlCompletion {
  const at = line.search(/\S*$/);
  const [before, last] = [line.slice(0, at), line.slice(at)];
  const given = wordsOf(before);
  if (given === undefined) return { before, word: last, ...NOTHING };
  const command = commandOf(given, commands);
  const flags = command === undefined ? GLOBAL_FLAGS : flagsOf(command);
  const [, inline, joined] = /^(--[a-z-]+=)(.*)$/.exec(last) ?? [];
  const named = inline === undefined ? given.at(-1) : inline.slice(0, -1);
  const flag = flags.find(({ long, short }) => named === `--${long}` || (short !== undefined && named === `-${short}`));
  if (flag?.takesValue !== true) return begunWith(before, last, wordsAfter(given, command, flags, commands, last));
  const value = joined ?? last;
  // Only nodes and lists are several.
  const isList = flag.isRepeated === true || flag.long === 'nodes';
  const from = isList ? value.lastIndexOf(',') + 1 : 0;
  return begunWith(before + (inline ?? '') + value.slice(0, from), value.slice(from), valuesOf(flag, command));
}

/** Undefined where the line is none of talosctl, or ends within a quote. */
function wordsOf(before: string): readonly string[] | undefined {
  try {
    return afterTalosctl(splitShellWords(before));
  } catch {
    return undefined;
  }
}

function commandOf(words: readonly string[], commands: readonly Writable[]): Writable | undefined {
  try {
    return findCommand(words, commands).command;
  } catch {
    return undefined;
  }
}

function wordsAfter(
  words: readonly string[],
  command: Writable | undefined,
  flags: readonly TalosctlFlag[],
  commands: readonly Writable[],
  last: string,
): Offered {
  if (last.startsWith('-')) return { options: flags.filter(({ note }) => note === undefined).map(ofFlag(command)) };
  const every = commands.flatMap(({ syntax }) => syntax.flags ?? []);
  const operands = operandsOf(words, command === undefined ? [...GLOBAL_FLAGS, ...every] : flags);
  const names = commands.flatMap((each) => nextWord(each, operands));
  const operand = command === undefined ? NOTHING : valuesAt(command, operands);
  return { ...operand, options: [...new Map([...names, ...operand.options].map((one) => [one.text, one])).values()] };
}

/** The word of a command's name that follows those given. */
function nextWord({ syntax, title }: Writable, operands: readonly string[]): readonly Option[] {
  const [name = ''] = syntax.names;
  const parts = name.split(' ');
  const next = parts[operands.length];
  if (next === undefined || operands.some((word, index) => word !== parts[index])) return [];
  return [{ text: next, about: parts.length === operands.length + 1 ? title : `${name}: ${title}` }];
}

function valuesAt(command: Writable, operands: readonly string[]): Offered {
  const words = command.syntax.names.map((name) => name.split(' '));
  const name = words.find((parts) => parts.every((part, index) => part === operands[index]));
  const param = command.syntax.positionals?.[operands.length - (name?.length ?? 0)] ?? command.syntax.rest;
  return ofParam(command.params.find(({ id }) => id === param));
}

function valuesOf(flag: TalosctlFlag, command: Writable | undefined): Offered {
  const wants = flag.param === undefined ? OF_GLOBAL[flag.long] : undefined;
  if (wants !== undefined) return { options: [], wants };
  return ofParam(command?.params.find(({ id }) => id === flag.param));
}

function ofParam(param: CommandParam | undefined): Offered {
  if (param === undefined) return NOTHING;
  const options = (param.choices ?? []).filter((text) => text !== '').map((text) => ({ text, about: param.title }));
  return { options, ...(param.suggest === 'resource-types' && { wants: 'resource-type' as const }) };
}

const ofFlag =
  (command: Writable | undefined) =>
  ({ long, param }: TalosctlFlag): Option => ({
    text: `--${long}`,
    about: command?.params.find(({ id }) => id === param)?.title ?? '',
  });

function begunWith(before: string, word: string, { options, wants }: Offered): TalosctlCompletion {
  const begun = options.filter(({ text }) => text !== word && text.startsWith(word));
  const sorted = begun.toSorted((a, b) => (a.text < b.text ? -1 : 1)).slice(0, MOST);
  return { before, word, options: sorted, ...(wants !== undefined && { wants }) };
}
