import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Outcome } from '../../preload/contract/index.ts';
import { Failed } from '../lib/failed.ts';
import type { Log } from '../lib/log.ts';
import { checkInput } from './check-input.ts';
import { admit, type GuardOptions } from './guard.ts';
import { toFailure } from './to-failure.ts';
import { ToldFailures } from './told-failures.ts';
import type { SenderEvent } from './trusted-sender.ts';

/** Most files of one drop. */
const MAX_FILES = 1000;
/** Most drops remembered; older tokens are forgotten. */
const MAX_TOKENS = 20;

const dropInput = v.pipe(v.array(v.pipe(v.string(), v.maxLength(4096))), v.minLength(1), v.maxLength(MAX_FILES));

/** What the page gets for a drop: a token that later calls name, and the last parts of the paths to show. */
export interface Dropped {
  readonly token: string;
  readonly names: readonly string[];
}

/** Keeps the paths of dropped files; the page only ever holds tokens. */
export interface DropServer {
  serve(event: SenderEvent, paths: unknown): Outcome<Dropped>;
  /** The same for files that main itself was given, such as those opened with Minos. */
  readonly keep: (paths: readonly string[]) => Dropped;
  /** The paths behind a token, or Failed `not-found`. */
  readonly pathsOf: (token: string) => readonly string[];
}

/** Keeps the paths of dropped files under tokens, so that the page never sees a path it could make up. */
export function createDropServer(options: GuardOptions & { readonly log: Log }): DropServer {
  const tokens = new Map<string, readonly string[]>();
  const told = new ToldFailures(options.log, options.monotonicMs);

  function remember(paths: readonly string[]): Dropped {
    const token = randomUUID();
    tokens.set(token, paths);
    const oldest = tokens.keys().next().value;
    if (tokens.size > MAX_TOKENS && oldest !== undefined) tokens.delete(oldest);
    return { token, names: paths.map((path) => path.split(/[\\/]/).at(-1) ?? path) };
  }

  return {
    serve: (event, input) => {
      try {
        admit(event, options);
        const paths = checkInput(dropInput, 'drop', input).filter((path) => path !== '');
        if (paths.length === 0) {
          throw new Failed({
            code: 'invalid',
            message: 'What was dropped is not a file on this computer.',
            hint: 'Drop a talosconfig file or a folder that holds one.',
          });
        }
        return { ok: true, value: remember(paths) };
      } catch (error) {
        return { ok: false, failure: toFailure(error, told, 'drop') };
      }
    },
    keep: (paths) => remember(paths.slice(0, MAX_FILES)),
    pathsOf: (token) => {
      const paths = tokens.get(token);
      if (paths === undefined) throw new Failed({ code: 'not-found', message: 'Drop the files again.' });
      return paths;
    },
  };
}
