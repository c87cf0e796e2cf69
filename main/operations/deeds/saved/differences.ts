import type { DeedPreview } from '../../../../preload/contract/index.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import type { MachineBefore } from '../../plans/journal.ts';
import { quoted } from '../../quoted.ts';
import type { MachineNow } from './machines-now.ts';
import { effectsInFile, type PlanFile } from './plan-file.ts';

/** Of one kind, before the rest is counted. */
const MOST = 12;

/** The plan as it is now. */
export interface PlanNow {
  readonly preview: Pick<DeedPreview, 'machines' | 'loses' | 'refused'>;
  /** Missing while it is refused. */
  readonly effects: readonly string[] | undefined;
  readonly before: ReadonlyMap<string, MachineBefore>;
  readonly params: CommandParams;
  /** The machines of the file, in its order. */
  readonly machines: readonly MachineNow[];
}

/** What is another way than when the plan was made, a sentence each; none: nothing is. Texts of the file may hold anything. */
export function differences(file: PlanFile, now: PlanNow): readonly string[] {
  return [
    ...few(now.machines.flatMap((machine) => ofMachine(machine, now))),
    ...ofParams(file, now),
    ...ofOrder(now),
    ...few(ofLoses(file, now)),
    ...few(ofEffects(file, now)),
  ];
}

function ofMachine({ was, node, gone, identity }: MachineNow, { preview, before }: PlanNow): readonly string[] {
  const { name } = was;
  if (gone !== undefined) return [`${quoted(name)} is not part of it: ${gone}`];
  const machine = preview.machines.find((each) => each.node === node);
  if (machine === undefined) return [`${quoted(name)} is left out.`];
  const said: string[] = [];
  if (machine.node !== was.node) said.push(`is reached at ${machine.node}, no longer at ${quoted(was.node)}.`);
  if (machine.name !== name) said.push(`is called ${quoted(machine.name)} now.`);
  if (was.identity !== undefined && identity !== undefined && was.identity !== identity)
    said.push('has another identity in the cluster than then: it was reset or installed anew.');
  if (machine.refused !== undefined) said.push('was allowed then, and is refused now.');
  const { version, saw } = before.get(machine.node) ?? {};
  if (was.version !== undefined && version !== undefined && was.version !== version)
    said.push(`ran Talos ${quoted(was.version)}, and runs ${version}.`);
  if (was.saw !== undefined && saw !== undefined && was.saw !== saw)
    said.push(`read ${quoted(was.saw)}, and reads ${quoted(saw)}.`);
  return said.map((words) => `${quoted(name)} ${words}`);
}

function ofParams(file: PlanFile, { params }: PlanNow): readonly string[] {
  const names = [...new Set([...Object.keys(file.params), ...Object.keys(params)])];
  return names
    .filter((name) => (file.params[name] ?? '') !== (params[name] ?? ''))
    .map(
      (name) =>
        `${quoted(name)} was ${quoted(String(file.params[name] ?? ''))}, and is ${quoted(String(params[name] ?? ''))}.`,
    );
}

/** Only of those that are in both. */
function ofOrder({ preview, machines }: PlanNow): readonly string[] {
  const planned = preview.machines.map(({ node }) => node);
  const was = machines.flatMap(({ node }) => (node !== undefined && planned.includes(node) ? [node] : []));
  const now = planned.filter((node) => was.includes(node));
  if (was.every((node, at) => node === now[at])) return [];
  const names = preview.machines.map(({ name }) => name);
  const more = names.length - MOST;
  return [`The order is another one: ${names.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

function ofLoses({ loses = [] }: PlanFile, { preview, machines }: PlanNow): readonly string[] {
  const nowOf = new Map(machines.flatMap(({ was, node }) => (node === undefined ? [] : [[was.node, node]])));
  const nameOf = (node: string): string => preview.machines.find((each) => each.node === node)?.name ?? node;
  const keyOf = (node: string, name: string, what: string): string => JSON.stringify([node, name, what]);
  // Of machines that are not in the plan any more nothing goes.
  const before = loses.flatMap(({ node, name, what }) => {
    const at = nowOf.get(node);
    return at !== undefined && preview.machines.some((each) => each.node === at) ? [{ node: at, name, what }] : [];
  });
  const after = preview.loses ?? [];
  const had = new Set(before.map(({ node, name, what }) => keyOf(node, name, what)));
  const has = new Set(after.map(({ node, name, what }) => keyOf(node, name, what)));
  return [
    ...after
      .filter(({ node, name, what }) => !had.has(keyOf(node, name, what)))
      .map(({ node, name, what }) => `Also gone now, on ${nameOf(node)}: ${name} (${what}).`),
    // What is refused says nothing of what goes.
    ...before
      .filter(({ node, name, what }) => after.length > 0 && !has.has(keyOf(node, name, what)))
      .map(({ node, name }) => `Not gone any more, on ${nameOf(node)}: ${quoted(name)}.`),
  ];
}

function ofEffects(file: PlanFile, now: PlanNow): readonly string[] {
  if (now.effects === undefined) return [];
  const effects = effectsInFile(now.effects);
  return [
    ...effects.filter((effect) => !file.effects.includes(effect)).map((effect) => `It says now: ${effect}`),
    ...file.effects
      .filter((effect) => !effects.includes(effect))
      .map((effect) => `It no longer says ${quoted(effect)}`),
  ];
}

function few(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - MOST;
  return more <= 0 ? sentences : [...sentences.slice(0, MOST), `And ${more} more of that kind.`];
}
