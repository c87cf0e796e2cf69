import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/**
 * Who may import whom. A file belongs to the longest folder (or file) that matches; it may import its own folder and the
 * ones listed. `electron` and `@grpc/grpc-js` are listed like folders.
 */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'preload/contract': ['valibot'],
  'preload/index.ts': ['preload/contract', 'electron'],
  'preload/confirm.ts': ['preload/contract', 'electron'],
  'main/lib': ['preload/contract'],
  'main/streams': ['main/lib', 'preload/contract'],
  'main/pool': ['main/lib', 'preload/contract', '@grpc/grpc-js'],
  'main/yaml': ['main/lib', 'preload/contract'],
  'main/files': ['main/lib', 'main/yaml', 'preload/contract'],
  'main/talosconfig': ['main/lib', 'main/yaml', 'main/files', 'preload/contract'],
  'main/kubeconfig': ['main/lib', 'main/yaml', 'main/files', 'preload/contract'],
  // Knows no file and no network: texts in, texts and problems out.
  'main/machine-config': ['main/lib', 'main/yaml', 'preload/contract'],
  'main/text-work': [
    'main/lib',
    'main/yaml',
    'main/talosconfig',
    'main/kubeconfig',
    'main/machine-config',
    'preload/contract',
  ],
  'main/credentials': ['main/lib', 'preload/contract', '@grpc/grpc-js'],
  'main/credentials/vault.ts': ['main/lib', 'preload/contract', 'electron'],
  // Speaks HTTP/2 to one API server; what it signs in with is opaque to it.
  'main/kubernetes': ['main/lib', 'main/credentials', 'preload/contract'],
  'main/talos': ['main/lib', 'main/pool', 'preload/contract', '@grpc/grpc-js'],
  'main/simulator': ['main/lib', 'main/talos', 'main/credentials', 'preload/contract', '@grpc/grpc-js'],
  'main/operations': [
    'main/lib',
    'main/streams',
    'main/yaml',
    'main/files',
    'main/talosconfig',
    'main/kubeconfig',
    'main/machine-config',
    'main/text-work',
    'main/credentials',
    'main/kubernetes',
    'main/talos',
    'preload/contract',
  ],
  // The only ones that dial: everybody else calls through a cluster's caller.
  'main/operations/clusters': [
    'main/lib',
    'main/credentials',
    'main/pool',
    'main/talos',
    'main/operations/cluster-text',
    'main/operations/talosconfigs/context-reading.ts',
    // What a changing call takes; a type only, see permitGivers.
    'main/operations/plans/permit.ts',
    'preload/contract',
    '@grpc/grpc-js',
  ],
  'main/operations/clusters/routes.ts': ['main/operations', 'preload/contract'],
  'main/ipc': ['main/lib', 'main/streams', 'main/operations', 'preload/contract', 'electron'],
  'main/app': ['main/lib', 'preload/contract', 'electron'],
  'main/app/updates': ['main/lib', 'preload/contract', 'electron'],
  'main/index.ts': ['main', 'preload/contract', 'electron', '@grpc/grpc-js'],
  'renderer/lib': ['preload/contract'],
  // Of the contract, components know only what a failure and a problem are: nothing that names the product.
  'renderer/components': [
    'renderer/lib',
    'renderer/styles',
    'preload/contract/failure.ts',
    'preload/contract/problem.ts',
  ],
  'renderer/state': ['renderer/lib', 'preload/contract'],
  // The lines of a lens: a worker and its client.
  'renderer/lens': ['renderer/lib', 'preload/contract'],
  'renderer/features': ['renderer/lib', 'renderer/components', 'renderer/state', 'renderer/lens', 'preload/contract'],
  'renderer/features/all.ts': ['renderer/features'],
  'renderer/shell': [
    'renderer/lib',
    'renderer/components',
    'renderer/state',
    'renderer/features/all.ts',
    'preload/contract',
  ],
  // The window that asks knows nothing of the one that is asked about.
  'renderer/confirm': ['renderer/lib', 'renderer/styles', 'preload/contract'],
  'renderer/gallery': ['renderer/lib', 'renderer/components', 'renderer/state', 'renderer/styles', 'preload/contract'],
  'renderer/App.svelte': ['renderer/shell', 'renderer/components', 'renderer/state'],
  'renderer/main.ts': ['renderer/App.svelte', 'renderer/lib', 'renderer/state', 'renderer/styles'],
};

/** Files that only these may import, whoever else may import their folder. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  'main/credentials/vault.ts': ['main/index.ts', 'main/operations'],
  'main/credentials/channel-credentials.ts': ['main/operations/clusters'],
};

/** Packages with a home of their own; other packages may be used anywhere outside the contract. */
const GUARDED_PACKAGES: readonly string[] = ['electron', '@grpc/grpc-js'];

export interface Breach {
  readonly file: string;
  readonly imports: string;
  readonly why: string;
}

const IMPORT = /(?:\bimport\s*\(\s*|\bfrom\s+|\bimport\s+)['"]([^'"]+)['"]/g;

/** What a source file imports, as repository paths for its own files and package names for the rest. */
export function importsOf(file: string, text: string): readonly string[] {
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((m) => m[1] ?? '').join('\n')
    : text;
  return [...code.matchAll(IMPORT)].map((match) => {
    const name = (match[1] ?? '').replace(/\?.*$/, '');
    return name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
  });
}

/** The key of ALLOWED a file falls under. */
function homeOf(file: string): string | undefined {
  return Object.keys(ALLOWED)
    .filter((key) => file === key || file.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The feature a file belongs to; undefined for those beside the folders of the features. */
function featureOf(file: string): string | undefined {
  return /^renderer\/features\/([^/]+)\//.exec(file)?.[1];
}

function breachOf(file: string, target: string): string | undefined {
  const home = homeOf(file);
  if (home === undefined) return undefined;
  const allowed = ALLOWED[home] ?? [];
  const isOwnFile = /^(main|preload|renderer|tests|scripts|proto)\//.test(target);
  if (!isOwnFile) {
    const isGuarded = GUARDED_PACKAGES.includes(target) || home === 'preload/contract';
    return isGuarded && !allowed.includes(target) ? `${home} may not import ${target}` : undefined;
  }
  const [from, to] = [featureOf(file), featureOf(target)];
  if (to !== undefined && from !== to && file !== ALL_FEATURES)
    return 'only features/all.ts imports a feature, so that it can be removed by its folder and its line';
  const isAllowed = [home, ...allowed].some((folder) => target === folder || target.startsWith(`${folder}/`));
  const isKeptFrom = ONLY_FOR[target]?.includes(home) === false && !target.startsWith(`${home}/`);
  return isAllowed && !isKeptFrom ? undefined : `${home} may not import ${target}`;
}

/** Files in a circle of imports, or undefined. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** The one file that lists the features, a line each. */
const ALL_FEATURES = 'renderer/features/all.ts';

/** The sources without one feature: neither its folder nor its line. */
export function withoutFeature(sources: ReadonlyMap<string, string>, feature: string): ReadonlyMap<string, string> {
  const left = new Map([...sources].filter(([file]) => featureOf(file) !== feature));
  const all = (left.get(ALL_FEATURES) ?? '').split('\n').filter((line) => !line.includes(`'./${feature}/index.ts'`));
  return left.set(ALL_FEATURES, all.join('\n'));
}

/** Imports of files that are not there, each as `file: import`. */
export function brokenImports(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources].flatMap(([file, text]) =>
    importsOf(file, text)
      .filter((target) => /^(?:main|preload|renderer)\/.*\.(?:ts|svelte)$/.test(target) && !sources.has(target))
      .map((target) => `${file}: ${target}`),
  );
}

/** Every import that crosses a boundary it may not cross, and the first circle of imports. */
export function checkBoundaries(sources: ReadonlyMap<string, string>): readonly Breach[] {
  const breaches: Breach[] = [];
  const graph = new Map<string, readonly string[]>();
  for (const [file, text] of sources) {
    const imports = importsOf(file, text);
    graph.set(
      file,
      imports.filter((target) => sources.has(target)),
    );
    for (const target of imports) {
      const why = breachOf(file, target);
      if (why !== undefined) breaches.push({ file, imports: target, why });
    }
  }
  const cycle = findCycle(graph);
  if (cycle) breaches.push({ file: cycle[0] ?? '', imports: cycle[1] ?? '', why: `circle: ${cycle.join(' → ')}` });
  return breaches;
}

/** Reads the sources named, relative to `root`. */
export function readSources(root: string, files: readonly string[]): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [relative(root, join(root, file)), readFileSync(join(root, file), 'utf8')]));
}

/** Most files of one folder, so that a newcomer sees them at a glance. */
const MOST_FILES = 30;

/** Folders with more files of their own than a reader takes in, each as a sentence. */
export function crowdedFolders(files: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder} has ${count} files; more than ${MOST_FILES} need rooms of their own`);
}

/** What makes permits for changing calls, and the one file that may give them. */
const PERMIT = 'main/operations/plans/permit.ts';
const GIVES_PERMITS = 'main/operations/plans/apply.ts';
/** An import or export of values; types say what a permit is, and make none. */
const VALUE_IMPORT =
  /\b(?:import|export)\b(?!\s*type\b)[\w*{}\s,]*?\bfrom\s+['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;

/** Files that could give a permit for a changing call and are not plans/apply.ts, each as a sentence. */
export function permitGivers(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources].flatMap(([file, text]) => {
    if (file === GIVES_PERMITS) return [];
    const imported = [...text.matchAll(VALUE_IMPORT)].map(([, from, lazily]) => from ?? lazily ?? '');
    const isGiver = imported.some((name) => name.startsWith('.') && normalize(join(dirname(file), name)) === PERMIT);
    return isGiver ? [`${file}: only ${GIVES_PERMITS} may give permits; import the type`] : [];
  });
}

/** What hands out the whole session of the page. */
const TAKES_SESSION = /\bgetSession\b/;

/** What says of itself that the shell mounts it: the description of a feature, and what it shows on the page of a node. */
const DESCRIPTIONS = /^renderer\/features\/([^/]+)\/(?:index|.*node-parts)\.ts$/;

/**
 * Components of features that take the whole session although the shell does not mount them, each as a sentence: what stands
 * below a screen takes props, and of the session the parts that it names (docs/adr/0042).
 */
export function sessionTakers(sources: ReadonlyMap<string, string>): readonly string[] {
  const mounted = new Set(
    [...sources].flatMap(([file, text]) => {
      const feature = DESCRIPTIONS.exec(file)?.[1];
      return feature === undefined ? [] : importsOf(file, text).filter((target) => featureOf(target) === feature);
    }),
  );
  return [...sources].flatMap(([file, text]) => {
    const isBelow = file.startsWith('renderer/features/') && file.endsWith('.svelte') && !mounted.has(file);
    return isBelow && TAKES_SESSION.test(text)
      ? [`${file}: no description mounts it, so it takes props and getShared(…), not the whole session`]
      : [];
  });
}
