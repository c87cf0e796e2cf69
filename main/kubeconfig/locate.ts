import { posix, win32 } from 'node:path';

/** What the choice of kubeconfig files depends on. */
export interface KubeconfigPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Relative entries of KUBECONFIG are taken from here, as kubectl does. */
  readonly workingFolder: string;
}

/** The files kubectl reads, in its order, and why. */
export interface KubectlFiles {
  readonly paths: readonly string[];
  readonly source: 'env' | 'default';
}

/**
 * kubectl's rule: the entries of `KUBECONFIG`, empty and repeated ones left out, the first one that has a name wins it;
 * without entries `~/.kube/config`.
 */
export function kubectlFiles({ env, home, platform, workingFolder }: KubeconfigPlaces): KubectlFiles {
  const paths = platform === 'win32' ? win32 : posix;
  const entries = (env['KUBECONFIG'] ?? '').split(paths.delimiter).filter((entry) => entry !== '');
  const files = [...new Set(entries.map((entry) => paths.resolve(workingFolder, entry)))];
  if (files.length > 0) return { paths: files, source: 'env' };
  return { paths: [paths.join(home, '.kube', 'config')], source: 'default' };
}

/** kubectl's own choice for new entries: the first file of the list that exists, else the last one. */
export function kubectlWritesTo(paths: readonly string[], exists: (path: string) => boolean): string | undefined {
  return paths.find(exists) ?? paths.at(-1);
}

/** A folder means the file `kubeconfig` in it (docs/talos-behaviour.md §4.2). */
export function inFolder(folder: string, platform: NodeJS.Platform): string {
  return (platform === 'win32' ? win32 : posix).join(folder, 'kubeconfig');
}
