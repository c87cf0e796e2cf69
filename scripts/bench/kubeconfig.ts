/**
 * How long merging one cluster into a large kubeconfig takes, preview included, compared with a bare parse of the same
 * file. `node scripts/bench/kubeconfig.ts [contexts]` prints a line.
 */
import { performance } from 'node:perf_hooks';
import { mergeIntoText } from '../../main/kubeconfig/preview.ts';
import { parseYaml } from '../../main/yaml/yaml-document.ts';
import { mintAuthority } from '../../main/credentials/mint.ts';

/** Medians of several rounds, the first one not counted. */
export interface KubeconfigMeasure {
  readonly contexts: number;
  readonly fileBytes: number;
  /** A bare parse of the file, nothing kept but the tree. */
  readonly parseMs: number;
  /** Merging a new cluster: parse, plan, splice, proof and preview with the line diff. */
  readonly addMs: number;
  /** Renewing the certificate of a cluster that is in the file. */
  readonly refreshMs: number;
  /** The slower of the two in bare parses, of the median round. The goal is at most 4. */
  readonly timesParse: number;
}

const ROUNDS = 9;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Measures merging into a file of so many contexts, each with a cluster and user of its own. */
export async function measureKubeconfigMerge(contexts = 500): Promise<KubeconfigMeasure> {
  // RSA, as most Kubernetes authorities are: the largest certificates and keys there are.
  const authority = await mintAuthority('kubernetes', { keyAlgorithm: 'rsa' });
  const ca = base64(authority.certPem);
  const leafOf = async (notBeforeMs: number): Promise<readonly [string, string]> => {
    const leaf = await authority.issue({
      commonName: 'admin',
      organizations: ['system:masters'],
      keyAlgorithm: 'rsa',
      notBeforeMs,
      notAfterMs: notBeforeMs + 365 * 86_400_000,
    });
    return [base64(leaf.certPem), base64(leaf.keyPem)];
  };
  const [crt, key] = await leafOf(Date.now() - 86_400_000);
  const names = Array.from({ length: contexts }, (_, i) => `cluster-${i}`);
  const file = kubeconfig(names, ca, crt, key);
  const [newCrt, newKey] = await leafOf(Date.now());
  const merge = (name: string): void => {
    const rules = { kind: 'minos', options: { choice: 'refresh', setCurrent: false } } as const;
    const incoming = kubeconfig([name], ca, newCrt, newKey);
    if (mergeIntoText(file, [{ incoming, rules }]).diff.lines.length === 0) throw new Error('nothing was merged');
  };
  // One after the other in each round, so that a busy machine slows all of them alike.
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const parseMs = timeMs(() => parseYaml(file));
    const addMs = timeMs(() => merge('new'));
    const refreshMs = timeMs(() => merge(`cluster-${contexts >> 1}`));
    return { parseMs, addMs, refreshMs, timesParse: Math.max(addMs, refreshMs) / parseMs };
  }).slice(1);
  const median = (field: keyof (typeof rounds)[number]): number =>
    rounds.map((round) => round[field]).sort((x, y) => x - y)[ROUNDS >> 1] ?? 0;
  return {
    contexts,
    fileBytes: Buffer.byteLength(file),
    parseMs: median('parseMs'),
    addMs: median('addMs'),
    refreshMs: median('refreshMs'),
    timesParse: median('timesParse'),
  };
}

function timeMs(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function kubeconfig(names: readonly string[], ca: string, crt: string, key: string): string {
  const list = (title: string, entry: (name: string) => string): string => `${title}:\n${names.map(entry).join('')}`;
  return [
    'apiVersion: v1\nkind: Config\n',
    list(
      'clusters',
      (n) => `- cluster:\n    certificate-authority-data: ${ca}\n    server: https://${n}.example:6443\n  name: ${n}\n`,
    ),
    list(
      'users',
      (n) => `- name: admin@${n}\n  user:\n    client-certificate-data: ${crt}\n    client-key-data: ${key}\n`,
    ),
    list('contexts', (n) => `- context:\n    cluster: ${n}\n    user: admin@${n}\n  name: admin@${n}\n`),
    'current-context: ""\n',
  ].join('');
}

if (import.meta.main) {
  const measured = await measureKubeconfigMerge(Number(process.argv[2] ?? 500));
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  console.log(
    `${measured.contexts} contexts, ${(measured.fileBytes / 1e6).toFixed(1)} MB: parse ${ms(measured.parseMs)}, ` +
      `add ${ms(measured.addMs)}, refresh ${ms(measured.refreshMs)} = ${measured.timesParse.toFixed(2)} parses`,
  );
}
