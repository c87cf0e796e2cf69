/**
 * How long Minos takes for a large talosconfig, compared with a bare parse of the same file in the same round.
 * `node scripts/bench/talosconfig.ts [contexts]` prints a line.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { parseDocument } from 'yaml';
import { editTalosconfig } from '../../main/talosconfig/talosconfig-edit.ts';
import { TextWorkers } from '../../main/text-work/text-workers.ts';
import { IdentityReader } from '../../main/credentials/identity-reader.ts';
import { mintAuthority } from '../../main/credentials/mint.ts';
import { systemClock as clock } from '../../main/lib/clock.ts';
import { silentLog as log } from '../../main/lib/log.ts';
import { FileChanges } from '../../main/operations/talosconfigs/file-changes.ts';
import { Imports } from '../../main/operations/talosconfigs/imports.ts';
import { Plans } from '../../main/operations/plans/plans.ts';
import { TalosconfigSession } from '../../main/operations/talosconfigs/talosconfig-session.ts';
import type { History } from '../../main/files/history.ts';

/** Medians of several rounds, the first one not counted. */
export interface TalosconfigMeasure {
  readonly contexts: number;
  readonly fileBytes: number;
  /** A bare parse of the file by the YAML library. */
  readonly parseMs: number;
  /** Reading it from disk, parsing, checking every certificate and key, and listing. */
  readonly openMs: number;
  /** Comparing 200 incoming contexts with the file: new ones and renewed ones. */
  readonly previewMs: number;
  /** One surgical edit, proven by parsing again; without writing. */
  readonly editMs: number;
  /** The same in a file of ten contexts. */
  readonly smallEditMs: number;
  /** In bare parses, of the median round. */
  readonly openTimes: number;
  readonly previewTimes: number;
  readonly editTimes: number;
}

const ROUNDS = 9;
const INCOMING = 200;
const SETTLE_MS = 1000;
const DAY_MS = 86_400_000;

/** Every context has a certificate and key of its own, of one of ten clusters. */
export async function measureTalosconfig(contexts = 1000): Promise<TalosconfigMeasure> {
  const authorities = await Promise.all(Array.from({ length: 10 }, () => mintAuthority('talos')));
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const context = async (index: number, notAfterMs: number): Promise<string> => {
    const authority = authorities[index % authorities.length];
    if (authority === undefined) throw new Error('no authority');
    const leaf = await authority.issue({ organizations: ['os:admin'], eku: 'clientAuth', notAfterMs });
    const lines = ['endpoints: [10.0.0.1, 10.0.0.2, 10.0.0.3]', 'nodes: [10.0.1.1, 10.0.1.2]'];
    lines.push(`ca: ${base64(authority.certPem)}`, `crt: ${base64(leaf.certPem)}`, `key: ${base64(leaf.talosKeyPem)}`);
    return `    ctx-${String(index).padStart(4, '0')}:\n${lines.map((line) => `        ${line}\n`).join('')}`;
  };
  const fileOf = async (from: number, count: number, notAfterMs: number): Promise<string> => {
    const parts = await Promise.all(Array.from({ length: count }, (_, index) => context(from + index, notAfterMs)));
    return `context: ctx-${String(from).padStart(4, '0')}\ncontexts:\n${parts.join('')}`;
  };
  const text = await fileOf(0, contexts, Date.now() + 100 * DAY_MS);
  const incoming = await fileOf(contexts - INCOMING / 2, INCOMING, Date.now() + 365 * DAY_MS);
  const small = await fileOf(0, 10, Date.now() + 100 * DAY_MS);

  const folder = await mkdtemp(join(tmpdir(), 'minos-bench-'));
  const path = join(folder, 'config');
  await writeFile(path, text, { mode: 0o600 });
  // The threads as the app has them: from their sources they start later.
  const texts = new TextWorkers({ workerFile: new URL('../../out/main/text-worker.js', import.meta.url), clock });
  const workerFile = new URL('../../out/main/identity-worker.js', import.meta.url);
  const choose = () => ({ path, reason: 'flag', why: 'bench', exists: true, writable: true }) as const;
  // Nothing is written here, so there is no history.
  const changes = new FileChanges({
    history: {} as History,
    texts,
    clock,
    session: {
      paths: [],
      file: () => {
        throw new Error('nothing is undone');
      },
      reportConflict: () => undefined,
    },
    ask: () => Promise.resolve(),
    namedHosts: () => Promise.resolve(new Set<string>()),
  });
  const plans = new Plans({
    clock,
    ask: () => Promise.resolve(),
    journal: { begin: () => Promise.reject(new Error('no deeds here')) },
  });
  const edit = (of: string, name: string): void => {
    const edited = editTalosconfig(of, [{ kind: 'set-endpoints', name, endpoints: ['10.9.9.9'] }]);
    if (edited === of) throw new Error('nothing was edited');
  };
  const middle = `ctx-${String(contexts >> 1).padStart(4, '0')}`;
  const rounds: Omit<TalosconfigMeasure, 'contexts' | 'fileBytes'>[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const parseMs = await timeMs(() => parseDocument(text, { schema: 'failsafe', uniqueKeys: false }));
    // Nothing is remembered from the round before: as when Minos starts.
    const identities = new IdentityReader(workerFile);
    const session = new TalosconfigSession({ choose, clock, log, texts, identities, isProduction: () => false });
    const imports = new Imports({ target: () => session.primary, changes, plans, texts, identities, clock });
    const openMs = await timeMs(() => session.reload());
    // Signatures are checked after the file is shown; what follows is measured on its own.
    await setTimeout(SETTLE_MS);
    const previewMs = await timeMs(() => imports.fromText(incoming, 'bench'));
    const editMs = await timeMs(() => edit(text, middle));
    const smallEditMs = await timeMs(() => edit(small, 'ctx-0005'));
    const times = { openTimes: openMs / parseMs, previewTimes: previewMs / parseMs, editTimes: editMs / parseMs };
    session.close();
    await identities.close();
    rounds.push({ parseMs, openMs, previewMs, editMs, smallEditMs, ...times });
  }
  await texts.close();
  await rm(folder, { recursive: true });
  const median = (field: keyof (typeof rounds)[number]): number =>
    rounds
      .slice(1)
      .map((round) => round[field])
      .sort((x, y) => x - y)[ROUNDS >> 1] ?? 0;
  return {
    contexts,
    fileBytes: Buffer.byteLength(text),
    parseMs: median('parseMs'),
    openMs: median('openMs'),
    previewMs: median('previewMs'),
    editMs: median('editMs'),
    smallEditMs: median('smallEditMs'),
    openTimes: median('openTimes'),
    previewTimes: median('previewTimes'),
    editTimes: median('editTimes'),
  };
}

async function timeMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

if (import.meta.main) {
  const measured = await measureTalosconfig(Number(process.argv[2] ?? 1000));
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const times = (value: number, of: number): string => `${ms(value)} = ${of.toFixed(2)} parses`;
  console.log(
    `${measured.contexts} contexts, ${(measured.fileBytes / 1e6).toFixed(1)} MB: parse ${ms(measured.parseMs)}, ` +
      `open and list ${times(measured.openMs, measured.openTimes)}, ` +
      `preview of ${INCOMING} ${times(measured.previewMs, measured.previewTimes)}, ` +
      `edit ${times(measured.editMs, measured.editTimes)}; edit of 10 contexts ${ms(measured.smallEditMs)}`,
  );
}
