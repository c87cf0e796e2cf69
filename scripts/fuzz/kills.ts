import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../main/files/settings.ts';
import { temporaryHome } from '../temporary-home.ts';
import { seeded } from '../seeded-random.ts';

/** Stands for key material in what the child writes. */
const KEY = 'LS0tLS1CRUdJTiBFRDI1NTE5IFBSSVZBVEUgS0VZ';

/** One whole version of a file: only its end says that it is one. */
export const nextVersion = (n: number): string => `# version ${n}\n${`key: ${KEY}\n`.repeat(400)}# end ${n}\n`;

const WHOLE = /^# version (\d+)\n(?:key: [A-Za-z0-9+/]+\n){400}# end \1\n$/;

/** What was wrong after one of the kills. */
export interface Finding {
  readonly kill: number;
  readonly what: string;
}

export interface KillsReport {
  readonly kills: number;
  /** Kills after which something of the dead process lay around before the next start: the kills did meet work. */
  readonly leftSomething: number;
  readonly findings: readonly Finding[];
}

const CHILD = new URL('write-until-killed.ts', import.meta.url);
/** Children at once. */
const AT_ONCE = 2;
/** Most that a child works before it is killed, ms. */
const MAX_WORK_MS = 60;

/**
 * Kills a process that writes what Minos writes, at moments a seed gives, and looks after every next start: each file is
 * one of the whole versions, for its owner only, and nothing of the dead process is left beside it. KILLS and SEED of the
 * environment decide where they are set.
 */
export async function killWriters(
  kills = Number(process.env['KILLS'] ?? 200),
  seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000),
): Promise<KillsReport> {
  process.stdout.write(`kills: ${kills}, seed: ${seed}\n`);
  const random = seeded(seed);
  const moments = Array.from({ length: kills }, () => random() * MAX_WORK_MS);
  const reports = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, lane) => killIn(moments.filter((_moment, n) => n % AT_ONCE === lane))),
  );
  return {
    kills: reports.reduce((sum, one) => sum + one.kills, 0),
    leftSomething: reports.reduce((sum, one) => sum + one.leftSomething, 0),
    findings: reports.flatMap((one) => one.findings),
  };
}

/** Kills after kills in one home. */
async function killIn(moments: readonly number[]): Promise<KillsReport> {
  const home = temporaryHome();
  for (const name of ['kube', 'talos', 'exports']) {
    mkdirSync(join(home.path, name));
    if (name !== 'exports') writeFileSync(join(home.path, name, 'config'), nextVersion(0), { mode: 0o600 });
  }
  const findings: Finding[] = [];
  let leftSomething = 0;
  let next = start(home.path, 1);
  try {
    for (const [kill, moment] of moments.entries()) {
      const child = next;
      await ready(child);
      // This start has tidied up after the kill before it.
      findings.push(...wrongIn(home.path).map((what) => ({ kill, what })));
      child.send('go');
      await new Promise((resolve) => setTimeout(resolve, moment));
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      if (leftovers(home.path).length > 0) leftSomething += 1;
      findings.push(...brokenIn(home.path).map((what) => ({ kill, what })));
      next = start(home.path, (kill + 2) * 1_000);
    }
    await ready(next);
    findings.push(...wrongIn(home.path).map((what) => ({ kill: moments.length, what })));
  } finally {
    next.kill('SIGKILL');
    home.remove();
  }
  return { kills: moments.length, leftSomething, findings };
}

function start(home: string, first: number): ChildProcess {
  return fork(CHILD, [home, String(first)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Two hundred starts compile the same files.
    env: { ...process.env, NODE_COMPILE_CACHE: join(home, 'compile-cache') },
  });
}

async function ready(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the writer ended by itself with ${String(code)}`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(child, 'message'), ended]);
}

/** Files that are not whole, or readable by others; true at every moment. */
function brokenIn(home: string): readonly string[] {
  const wrong: string[] = [];
  for (const [folder, name] of filesIn(home, ['kube', 'talos', 'exports'])) {
    if (name.startsWith('.') || name.endsWith('.lock')) continue;
    const path = join(home, folder, name);
    if (!WHOLE.test(readFileSync(path, 'utf8'))) wrong.push(`${folder}/${name} is no whole version`);
    if ((statSync(path).mode & 0o777) !== 0o600) wrong.push(`${folder}/${name} has another mode`);
  }
  try {
    const { problems } = readSettings(readFileSync(join(home, 'user-data', 'settings.json'), 'utf8'));
    if (problems.length > 0) wrong.push(`settings: ${problems.join('; ')}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  for (const name of ['kube', 'talos']) {
    if (!readdirSync(join(home, name)).includes('config')) wrong.push(`${name}/config is gone`);
  }
  return wrong;
}

/** What lies around and belongs to a process that writes. */
function leftovers(home: string): readonly string[] {
  const beside = filesIn(home, ['kube', 'talos', 'exports', 'user-data', 'user-data/unfinished'])
    .filter(([folder, name]) => name.startsWith('.') || name.endsWith('.lock') || folder.endsWith('unfinished'))
    .map(([folder, name]) => `${folder}/${name}`);
  const versions = filesIn(home, ['user-data/history']).flatMap(([, inner]) => {
    if (inner.includes('.')) return [`history/${inner}`];
    const names = readdirSync(join(home, 'user-data/history', inner));
    const entries = new Set(names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)));
    return names
      .filter((name) => name.endsWith('.half') || !entries.has(name.replace(/\.(json|bytes)$/, '')))
      .map((name) => `history/${inner}/${name}`);
  });
  return [...beside, ...versions];
}

function wrongIn(home: string): readonly string[] {
  const wrong = [...brokenIn(home), ...leftovers(home).map((name) => `${name} was left`)];
  // Exports and new files only grow; each was looked at.
  for (const [folder, name] of filesIn(home, ['exports', 'talos'])) {
    if (/^(run|new)-/.test(name)) rmSync(join(home, folder, name));
  }
  return wrong;
}

function filesIn(home: string, folders: readonly string[]): readonly (readonly [string, string])[] {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(join(home, folder)).map((name) => [folder, name] as const);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return [];
    }
  });
}
