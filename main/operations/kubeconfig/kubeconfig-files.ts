import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { KubeconfigOrigin, TalosconfigChoice } from '../../../preload/contract/index.ts';
import { inFolder, kubectlFiles, kubectlWritesTo, type KubeconfigPlaces } from '../../kubeconfig/locate.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { KubeconfigTexts } from './texts.ts';
import { readKubeconfig, type ReadKubeconfig } from './read-kubeconfig.ts';

/** The files kubectl reads, and why. */
export interface KubeconfigPlacesNow {
  readonly paths: readonly string[];
  readonly origin: Exclude<KubeconfigOrigin, 'chosen'>;
}

/** The files kubectl reads on this system. */
export function kubeconfigPlaces(places: KubeconfigPlaces): KubeconfigPlacesNow {
  const { paths, source } = kubectlFiles(places);
  return { paths, origin: source };
}

/** The demo has a kubeconfig of its own beside its talosconfig: the user's files are not touched. */
export function demoKubeconfig({ reason, path }: TalosconfigChoice): KubeconfigPlacesNow | undefined {
  return reason === 'demo' ? { paths: [join(dirname(path), 'kubeconfig')], origin: 'demo' } : undefined;
}

/** A file that is known, as it is now. */
export interface KnownKubeconfig extends ReadKubeconfig {
  readonly id: string;
  readonly origin: KubeconfigOrigin;
}

/** All files that are known, in kubectl's order and then chosen ones. */
export interface KnownFiles {
  readonly files: readonly KnownKubeconfig[];
  /** Where merges go unless told otherwise. */
  readonly targetId: string | undefined;
  /** Several files, and the user did not choose one yet. */
  readonly needsTarget: boolean;
}

/** A short name for a path, the same every time. */
export const fileId = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

/** Which kubeconfig files there are: those kubectl reads, and those the user chose. Keeps nothing of their content. */
export class KubeconfigFiles {
  readonly #places: () => KubeconfigPlacesNow;
  readonly #clock: Clock;
  readonly #texts: KubeconfigTexts;
  readonly #chosen: string[] = [];

  constructor(places: () => KubeconfigPlacesNow, texts: KubeconfigTexts, clock: Clock) {
    this.#texts = texts;
    this.#places = places;
    this.#clock = clock;
  }

  /** Adds a file, or the file `kubeconfig` in a folder, that the user chose. Returns its path. */
  async choose(path: string): Promise<string> {
    const isFolder = await stat(path).then(
      (one) => one.isDirectory(),
      () => false,
    );
    const file = resolve(isFolder ? inFolder(path, process.platform) : path);
    if (!this.paths().includes(file)) this.#chosen.push(file);
    return file;
  }

  /** Every known path. `remembered` is a target of an earlier session. */
  paths(remembered?: string): readonly string[] {
    const { paths, origin } = this.#places();
    const more = origin === 'demo' || remembered === undefined ? [] : [remembered];
    return [...new Set([...paths, ...more, ...this.#chosen])];
  }

  /** Reads all files. Never throws: a file that cannot be read says why. */
  async read(remembered?: string): Promise<KnownFiles> {
    const { paths, origin } = this.#places();
    const files = await Promise.all(
      this.paths(remembered).map(async (path) => ({
        ...(await readKubeconfig(path, this.#texts, this.#clock)),
        id: fileId(path),
        origin: paths.includes(path) ? origin : ('chosen' as const),
      })),
    );
    const chosen = files.find(({ path }) => path === remembered);
    const exists = (path: string): boolean => files.some((file) => file.path === path && file.exists);
    const target = chosen?.path ?? kubectlWritesTo(paths, exists);
    return {
      files,
      targetId: target === undefined ? undefined : fileId(target),
      needsTarget: paths.length > 1 && !chosen,
    };
  }
}

/** The file of an id. Throws Failed `not-found`: the page names only files it was shown. */
export function fileOf(known: KnownFiles, id: string | undefined): KnownKubeconfig {
  const file = known.files.find((one) => one.id === (id ?? known.targetId));
  if (!file) throw new Failed({ code: 'not-found', message: 'This kubeconfig is not known any more.' });
  return file;
}
