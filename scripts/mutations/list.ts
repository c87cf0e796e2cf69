/** One fault put into the code by hand, and the test that must notice it. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  readonly replacement: string;
  /** The file of the test, and a part of its name. */
  readonly test: string;
  readonly title: string;
}

const DESTINATION = 'main/operations/clusters/destination.ts';
const CLUSTER = 'main/operations/clusters/cluster.ts';
const CLUSTERS = 'main/operations/clusters/clusters.ts';
const LIFE_TEST = 'tests/main/operations/clusters/cluster-life.test.ts';
const CLUSTERS_TEST = 'tests/main/operations/clusters/clusters.test.ts';

/** Faults that once went unnoticed. Each stands for a promise: add one where a test did not bite. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'endpoints-in-stamp',
    file: DESTINATION,
    text: '[...endpoints].sort(), raw.cluster',
    replacement: 'raw.cluster',
    test: CLUSTERS_TEST,
    title: 'other endpoints in the file are dialled',
  },
  {
    name: 'credentials-in-stamp',
    file: DESTINATION,
    text: 'credentials: credentialsStamp(raw)',
    replacement: "credentials: ''",
    test: CLUSTERS_TEST,
    title: 'other credentials in the file',
  },
  {
    name: 'proxy-in-stamp',
    file: DESTINATION,
    text: 'raw.cluster, raw.proxyUrl]',
    replacement: 'raw.cluster]',
    test: CLUSTERS_TEST,
    title: 'a proxy-url that comes into the file',
  },
  {
    name: 'disabled-on-new-pool',
    file: CLUSTER,
    text: 'for (const endpoint of this.#disabled) dialled.pool.setDisabled(endpoint, true);',
    replacement: '',
    test: CLUSTERS_TEST,
    title: 'stays off on the pool that replaces this one',
  },
  {
    name: 'cluster-of-a-context-that-went',
    file: CLUSTERS,
    text: 'for (const cluster of left) this.#close(cluster, this.#whyClosed(cluster));',
    replacement: '',
    test: 'tests/main/operations/clusters/watch-lease.test.ts',
    title: 'ends when its context goes from the file',
  },
  {
    name: 'rename-followed',
    file: CLUSTERS,
    text: 'if (destination === undefined) continue;',
    replacement: 'if (destination !== null) continue;',
    test: LIFE_TEST,
    title: 'is the same cluster, and whoever holds it is told',
  },
  {
    name: 'copy-is-no-rename',
    file: CLUSTERS,
    text: '(id) => known.has(id) || next.has(id)',
    replacement: '(id) => next.has(id)',
    test: LIFE_TEST,
    title: 'is not taken for a copy that was there before',
  },
  {
    name: 'renewal-cuts-nothing-off',
    file: CLUSTER,
    text: "change === 'renewed' ? Infinity : undefined",
    replacement: 'undefined',
    test: LIFE_TEST,
    title: 'ends no stream, however long it lasts',
  },
  {
    name: 'other-authority-is-another-cluster',
    file: DESTINATION,
    text: "now.authorities.includes(authority))) return 'other';",
    replacement: "now.authorities.includes(authority))) return 'moved';",
    test: LIFE_TEST,
    title: 'is another cluster by the same name',
  },
  {
    name: 'unreadable-file-closes-nothing',
    file: CLUSTERS,
    text: '!isReadable(cluster.destination.file)',
    replacement: 'false',
    test: LIFE_TEST,
    title: 'ends nothing: it says nothing about its contexts',
  },
  {
    name: 'resumed-transfers-on-their-own-connection',
    file: 'main/operations/clusters/cluster-caller.ts',
    text: "? ('bulk' as const)",
    replacement: "? ('shared' as const)",
    test: LIFE_TEST,
    title: 'uses the connection for transfers where the method is one',
  },
  {
    name: 'no-timer-of-a-closed-cluster',
    file: CLUSTER,
    text: 'this.nodes.end(this.#closed.failure);',
    replacement: '',
    test: LIFE_TEST,
    title: 'leaves no timer behind, also where somebody looks at it',
  },
  {
    name: 'lock-looked-at-again',
    file: 'main/files/replace.ts',
    text: 'if (old) hasOld = await keepOldVersion(target, old, current);\n      if (!(await lock.isHeld())) throw changed(request.path);',
    replacement: 'if (old) hasOld = await keepOldVersion(target, old, current);',
    test: 'tests/main/files/replace.test.ts',
    title: 'a lock that somebody took over in between',
  },
  {
    name: 'inspected-row-by-node',
    file: 'renderer/features/explore/ResourceTable.svelte',
    text: 'return rowKey({ node, key });',
    replacement: 'return rows.map(rowKey).find((one) => one.endsWith(key) && node.includes(one.split(" ")[0] ?? ""));',
    test: 'tests/renderer/features/explore.test.ts',
    title: 'marks the inspected row by its node',
  },
  {
    name: 'demo-left-while-it-starts',
    file: 'main/operations/workspace.ts',
    text: 'if (this.#demo !== demo) return;',
    replacement: '',
    test: 'tests/main/operations/demo.test.ts',
    title: 'can be left while it still starts',
  },
  {
    name: 'nodes-of-the-demo-forgotten',
    file: 'main/operations/workspace.ts',
    text: 'for (const each of [this.runs, this.clusters, this.healths, this.deeds.journal]) each.forget();',
    replacement: 'for (const each of [this.runs, this.healths, this.deeds.journal]) each.forget();',
    test: 'tests/main/operations/demo.test.ts',
    title: 'takes nothing it knows of one set of files for the other',
  },
  {
    name: 'keys-of-a-header',
    file: 'renderer/components/table/Table.svelte',
    text: "if (event.target instanceof Element && event.target.closest('thead')) return;",
    replacement: '',
    test: 'tests/renderer/components/table/Table.test.ts',
    title: 'sorts by the keyboard alone',
  },
  {
    name: 'focus-given-back',
    file: 'renderer/features/runs/RunDrawer.svelte',
    text: '    focus.give();\n',
    replacement: '',
    test: 'tests/renderer/shell/drawer.test.ts',
    title: 'closes by its button',
  },
  {
    name: 'watch-begins-anew-for-ever',
    file: 'main/operations/work/watch/node-follower.ts',
    text: "(next === 'anew' && anew === MAX_ANEW)",
    replacement: '(anew > MAX_ANEW * 1_000)',
    test: 'tests/main/operations/work/watch/node-follower.test.ts',
    title: 'ends with a node that can never go on',
  },
  {
    name: 'run-before-health',
    file: 'main/operations/health/cluster-health.ts',
    text: 'if (this.#isHeld()) return;',
    replacement: '',
    test: 'tests/main/operations/health/cluster-health.test.ts',
    title: 'begins nothing new while the user waits',
  },
];
