import type { AlikePatch, ComparedWith, ConfigDriftItem, Failure } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Secret } from '../../lib/secret.ts';
import { visibleText } from '../../lib/visible.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Shelf, Tokens } from '../plans/tokens.ts';
import { eachBounded } from '../work/fan-out/each-bounded.ts';
import { configHash } from './config-hash.ts';
import type { KeptConfigs } from './kept-configs.ts';
import { readNodeConfig } from './read-node-config.ts';

/** What {@link ConfigComparisons} work with. */
export interface ConfigComparisonsOptions {
  readonly clock: Clock;
  readonly texts: TextWorkers;
  readonly kept: KeptConfigs;
  readonly tokens: Tokens;
  /** Which cluster a context is of, as `DeedPlace` says it. Throws Failed. */
  readonly cluster: (context: string) => string;
  /** The text of a config that is looked at; undefined for an old token. */
  readonly opened: (token: string) => Secret | undefined;
}

/** What is compared. */
export interface CompareWish {
  readonly context: string;
  readonly nodes: readonly string[];
  readonly against?: ComparedWith | undefined;
}

/** Configs that were compared. Holds their secrets. */
interface Compared {
  readonly ofNode: ReadonlyMap<string, Secret>;
  /** What they were compared with, where it is the config of none of them. */
  readonly base: Secret | undefined;
  /** The fields of its rows: they name what stands in the configs, and the page has their numbers. */
  readonly fields: readonly string[];
}

/** Nodes that are asked at a time: each answers with a whole config. */
const AT_ONCE = 32;
/** Characters of all texts together: more is compared in parts. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Compares machine configs of many nodes. Which fields differ, leaves; what is secret in them does not. */
export class ConfigComparisons {
  readonly #options: ConfigComparisonsOptions;
  readonly #compared: Shelf<Compared>;

  constructor(options: ConfigComparisonsOptions) {
    this.#options = options;
    this.#compared = options.tokens.shelf({ what: 'This comparison', hint: 'Compare again.', isRenewed: true });
  }

  /** Reads the configs, tells how many have come, and then how they differ. A node that fails is named. Throws Failed for a wish that is none. */
  async *compare(
    caller: Caller,
    wish: CompareWish,
    signal: AbortSignal,
  ): AsyncGenerator<ConfigDriftItem, void, undefined> {
    const { clock, texts } = this.#options;
    const base = await this.#baseOf(wish);
    const against = wish.against?.kind === 'node' ? wish.against.node : undefined;
    const nodes = [...new Set([...(against === undefined ? [] : [against]), ...wish.nodes])];
    const readAtMs = clock.now();
    const ofNode = new Map<string, Secret>();
    const failed = new Map<string, Failure>();
    let done = 0;
    let wake = (): void => undefined;
    const reading = eachBounded(
      ...([nodes, AT_ONCE, signal] as const),
      async (node) => {
        await readNodeConfig(caller, node, texts, signal)
          .then((text) => ofNode.set(node, text))
          .catch((error: unknown) => failed.set(node, failureOf(error)));
        done++;
        wake();
      },
      () => undefined,
    );
    while (done < nodes.length && !signal.aborted) {
      yield { type: 'progress', done, of: nodes.length };
      const seen = done;
      await Promise.race([
        reading,
        new Promise<void>((resolve) => {
          wake = resolve;
          if (done > seen) resolve();
        }),
      ]);
    }
    await reading;
    signal.throwIfAborted();
    yield { type: 'progress', done, of: nodes.length };
    const { distinct, weights, indexOf, characters } = distinctTexts(nodes, ofNode, failed, base);
    const baseIndex = base === undefined ? indexOf.get(against ?? '') : distinct.indexOf(base);
    const compared = await texts.compareConfigs(distinct, weights, baseIndex);
    for (const { text, why } of compared.unread)
      for (const [node, index] of indexOf) if (index === text) failed.set(node, unreadFailure(node, why));
    if (base !== undefined && compared.unread.some(({ text }) => text === baseIndex))
      throw new Failed({ code: 'file-invalid', message: 'What they are to be compared with is no machine config.' });
    const shown = nodes.filter((node) => indexOf.has(node) && !failed.has(node));
    yield {
      type: 'compared',
      drift: {
        token: this.#compared.keep(
          {
            ofNode: new Map(shown.flatMap((node) => textOf(node, ofNode))),
            fields: compared.rows.map(({ id }) => id),
            base,
          },
          characters,
        ),
        readAtMs,
        groups: compared.groups.map((group) => ({
          nodes: shown.filter((node) => group.includes(indexOf.get(node) ?? -1)),
          isBase: baseIndex !== undefined && group.includes(baseIndex),
        })),
        columns: compared.groups.length - compared.moreGroups,
        rows: compared.rows.map((row, at) => ({
          ...row,
          id: String(at),
          document: visibleText(row.document),
          path: visibleText(row.path),
        })),
        moreRows: compared.moreRows,
        failed: nodes.flatMap((node) => {
          const failure = failed.get(node);
          return failure === undefined ? [] : [{ node, failure }];
        }),
      },
    };
  }

  /**
   * The patch that makes fields of a node like those of another one, or of what all were compared with (`like` undefined). Throws Failed
   * `not-found` for what was not compared.
   */
  async alike(token: string, node: string, like: string | undefined, rows: readonly string[]): Promise<AlikePatch> {
    const { ofNode, base, fields: all } = this.#compared.get(token);
    const [have, want] = [ofNode.get(node), like === undefined ? base : ofNode.get(like)];
    if (have === undefined || want === undefined)
      throw new Failed({ code: 'not-found', message: 'Its config was not compared.', hint: 'Compare again.' });
    const fields = rows.flatMap((row) => all[Number(row)] ?? []);
    return this.#options.texts.makeAlike(have, want, fields);
  }

  /** The config that is of none of the nodes as they are. */
  async #baseOf({ context, against }: CompareWish): Promise<Secret | undefined> {
    if (against === undefined || against.kind === 'node') return undefined;
    const { cluster, kept, opened } = this.#options;
    if (against.kind === 'opened') {
      const text = opened(against.token);
      if (text !== undefined) return text;
      throw new Failed({
        code: 'not-found',
        message: 'The config to compare with is too old.',
        hint: 'Open it again.',
      });
    }
    const found = await kept.find(against.id);
    if (found?.cluster === cluster(context) && found.machine.node === against.node) return found.text;
    throw new Failed({ code: 'not-found', message: 'The earlier config is not kept any more.' });
  }
}

const textOf = (node: string, ofNode: ReadonlyMap<string, Secret>): readonly (readonly [string, Secret])[] => {
  const text = ofNode.get(node);
  return text === undefined ? [] : [[node, text]];
};

/** Each text once, with how many nodes have it; what is too much together is named as failed. */
function distinctTexts(
  nodes: readonly string[],
  ofNode: ReadonlyMap<string, Secret>,
  failed: Map<string, Failure>,
  base: Secret | undefined,
): {
  readonly distinct: readonly Secret[];
  readonly weights: readonly number[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly characters: number;
} {
  const distinct: Secret[] = [];
  const weights: number[] = [];
  const known = new Map<string, number>();
  const indexOf = new Map<string, number>();
  let characters = 0;
  const place = (text: Secret): number | undefined => {
    const hash = configHash(text);
    const index = known.get(hash);
    if (index !== undefined) return index;
    const { length } = text.reveal();
    if (characters + length > MOST_CHARACTERS) return undefined;
    characters += length;
    known.set(hash, distinct.length);
    weights.push(0);
    return distinct.push(text) - 1;
  };
  if (base !== undefined) place(base);
  for (const node of nodes) {
    const text = ofNode.get(node);
    if (text === undefined) continue;
    const index = place(text);
    if (index === undefined) failed.set(node, tooMuch(node));
    else {
      indexOf.set(node, index);
      weights[index] = (weights[index] ?? 0) + 1;
    }
  }
  return { distinct, weights, indexOf, characters };
}

const failureOf = (error: unknown): Failure => {
  if (error instanceof Failed) return error.failure;
  throw error;
};

const unreadFailure = (node: string, why: string): Failure =>
  new Failed({ code: 'file-invalid', message: `Its config cannot be read: ${why}`, where: { node } }).failure;

const tooMuch = (node: string): Failure =>
  new Failed({
    ...{ code: 'too-large', message: 'The configs are too much together.', where: { node } },
    hint: 'Compare fewer nodes at a time.',
  }).failure;
