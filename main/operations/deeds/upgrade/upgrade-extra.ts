import type { Machine } from '../../plans/machine.ts';
import { talosctlLine } from '../../commands/kit/talosctl-line.ts';
import type { DeedTools } from '../kit/definition.ts';
import { readEach } from '../kit/read-each.ts';
import type { DownExtra } from '../power/extra.ts';
import { upgradeEstimateMs } from './estimate.ts';
import { judgeUpgrade, type JudgedUpgrade, type UpgradeWish } from './judge-upgrade.ts';
import { readUpgradeFacts } from './read-upgrade-facts.ts';
import { UpgradeActs, type UpgradeHow } from './upgrade-acts.ts';

/** The older call pulls the image before anything is seen of it. */
const LEGACY_SETTLES_MS = 30 * 60_000;
/** Names that are listed before the rest is counted. */
const MOST_NAMED = 6;

/** What an upgrade adds to a reboot, from how each machine is now. Older machines drain themselves. */
export async function upgradeExtra(wish: UpgradeWish, how: UpgradeHow, tools: DeedTools): Promise<DownExtra> {
  const { machines } = tools;
  const { drains, mode, isStaged } = how;
  const judged = await judgeAll(wish, tools);
  const isNew = ({ node }: Machine): boolean => {
    const one = judged.get(node);
    return typeof one === 'object' && one.api === 'lifecycle' && one.refusals.length === 0;
  };
  const acts = new UpgradeActs(how);
  const of = <T>({ node }: Machine, use: (one: JudgedUpgrade) => T, otherwise: T): T => {
    const one = judged.get(node);
    return typeof one === 'object' ? use(one) : otherwise;
  };
  const risks = machines.flatMap((machine) => of(machine, (one) => one.risks.map((risk) => ({ machine, risk })), []));
  return {
    refusedOn: (machine) => {
      const why = judged.get(machine.node);
      if (typeof why !== 'object') return why ?? 'It was not read.';
      if (why.refusals.length > 0) return why.refusals.join(' ');
      return why.api === 'legacy' && mode === 'force' ? NO_FORCE : undefined;
    },
    effects: [
      ...together(isStaged ? machines.map((machine) => ({ machine, text: of(machine, stageWords, '') })) : []),
      ...together(machines.map((machine) => ({ machine, text: of(machine, ({ effects }) => effects.join(' '), '') }))),
      ...together(risks.map(({ machine, risk }) => ({ machine, text: risk }))),
    ],
    isTyped: risks.length > 0,
    isDrained: isNew,
    before: (machine) => of(machine, (one) => acts.before(machine, one), []),
    call: (machine, usual, answered) => of(machine, (one) => acts.call(machine, one, { usual, answered }), usual),
    versionAfter: (machine) => of<string | undefined>(machine, ({ to }) => to, undefined),
    versionRule: (machine) => (isStaged && of(machine, ({ api }) => api === 'legacy', false) ? 'late' : undefined),
    settlesMs: (machine) =>
      of<number | undefined>(machine, ({ api }) => (api === 'legacy' ? LEGACY_SETTLES_MS : undefined), undefined),
    after: (machine) => of(machine, (one) => acts.after(machine, one), []),
    talosctl: linesOf(machines, (machine) => of(machine, ({ image }) => image, ''), how, tools),
    estimateMs: upgradeEstimateMs(drains),
  };
}

const NO_FORCE = 'Its older call knows no forced reboot: choose another way to start anew.';

/** What staging means on a machine. */
const stageWords = ({ api }: JudgedUpgrade): string =>
  api === 'legacy'
    ? 'It keeps the image, starts anew, installs it before anything else runs, and starts anew once more.'
    : 'It has no use for staging: the new version is written beside the running one before it starts anew.';

/** By node: what its upgrade would be, or why nobody knows. */
async function judgeAll(wish: UpgradeWish, tools: DeedTools): Promise<ReadonlyMap<string, JudgedUpgrade | string>> {
  const { machines, signal } = tools;
  const judged = await readEach<readonly [string, JudgedUpgrade | string]>(
    machines,
    tools,
    async (caller, { node }) => [node, judgeUpgrade(await readUpgradeFacts(caller, { node, signal }), wish)],
    ({ node }, why) => [node, why],
  );
  return new Map(judged);
}

/** How talosctl does it: machines of different images take a line each. */
function linesOf(
  machines: readonly Machine[],
  imageOf: (machine: Machine) => string,
  { drains, mode, isStaged }: UpgradeHow,
  { caller }: DeedTools,
): string {
  const rest = [
    ...(drains ? [] : ['--drain=false']),
    ...(mode === 'default' ? [] : ['-m', mode]),
    ...(isStaged ? ['-s'] : []),
  ];
  const lines = [...Map.groupBy(machines, imageOf)].map(([image, of]) => {
    const words = ['upgrade', '--image', image, ...rest];
    return talosctlLine(
      caller(),
      of.map(({ node }) => node),
      words,
    );
  });
  return lines.join(' && ');
}

/** What is the same for several machines is said once. */
function together(said: readonly { readonly machine: Machine; readonly text: string }[]): readonly string[] {
  const groups = Map.groupBy(
    said.filter(({ text }) => text !== ''),
    ({ text }) => text,
  );
  return [...groups].map(([text, of]) => {
    const names = of.map(({ machine }) => machine.name);
    const more = names.length - MOST_NAMED;
    const shown = names.slice(0, MOST_NAMED).join(', ');
    return `On ${shown}${more > 0 ? ` and ${more} more` : ''}: ${text}`;
  });
}
