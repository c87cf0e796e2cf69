/**
 * `npm run fuzz -- --minutes 60 [--seed N] [parser …] [kills] [lists] [deeds]`: mutates what parsers read, each in a process of its own that is
 * measured, for as long as it is told. What throws, takes long, hangs or ends the process is kept in
 * tests/hostile/seeds/<parser>/, which tests/hostile/seeds.test.ts replays.
 * `kills` kills a process that writes files, a thousand times. `lists` compares 500 generated lists of kubeconfigs with kubectl. `deeds`
 * tries 10,000 random schedules of deeds in memory and 200 over gRPC.
 */
import { fork, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { FromChild } from './fuzz/child.ts';
import { PARSERS } from './fuzz/parsers.ts';
import { killWriters } from './fuzz/kills.ts';
import { tryDeeds } from './fuzz/deeds.ts';
import { say } from './say.ts';

const SEEDS = fileURLToPath(new URL('../tests/hostile/seeds', import.meta.url));
/** A round that takes longer never ends. */
const HANGS_MS = 30_000;

const options = { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const KILLS = 'kills';
const LISTS = 'lists';
const DEEDS = 'deeds';
const all = [...Object.keys(PARSERS), KILLS, LISTS, DEEDS];
const wanted = positionals.length > 0 ? positionals : all;
const names = wanted.filter((name) => ![KILLS, LISTS, DEEDS].includes(name));
const unknown = names.filter((name) => !(name in PARSERS));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}. There are: ${all.join(', ')}.`);

const eachMs = (Number(values.minutes) * 60_000) / names.length;
say(`Seed ${seed}, ${Math.round(eachMs / 1000)} s for each of ${names.length} parsers.`);
let finds = 0;
for (const name of names) finds += await fuzz(name, eachMs);
if (wanted.includes(KILLS)) finds += await kill();
if (wanted.includes(LISTS)) finds += compareLists();
if (wanted.includes(DEEDS)) finds += scheduleDeeds() + (await overGrpc());
process.exitCode = finds > 0 ? 1 : 0;

/** Kills a process that writes, a thousand times or as often as KILLS says; see fuzz/kills.ts. */
async function kill(): Promise<number> {
  const { kills, findings } = await killWriters(Number(process.env['KILLS'] ?? 1_000), seed);
  for (const { kill: after, what } of findings) say(`${KILLS}: after kill ${after}: ${what} (seed ${seed})`);
  say(`${KILLS}: ${kills}`);
  return findings.length;
}

/** Tries random schedules of deeds in memory, 10,000 or as often as SCHEDULES says; see tests/main/operations/deeds/model. */
function scheduleDeeds(): number {
  const schedules = process.env['SCHEDULES'] ?? '10000';
  const env = { ...process.env, MINOS_SCHEDULES: schedules, MINOS_SEED: String(seed) };
  const isWell = runTest('tests/main/operations/deeds/model/schedules.test.ts', env);
  say(`${DEEDS}: ${schedules} schedules in memory from seed ${seed}, ${isWell ? 'all hold' : 'one does not'}`);
  return isWell ? 0 : 1;
}

/** Tries random schedules of deeds over gRPC, 200 or as often as GRPC_SCHEDULES says; see fuzz/deeds.ts. */
async function overGrpc(): Promise<number> {
  const { schedules, ends, findings } = await tryDeeds(Number(process.env['GRPC_SCHEDULES'] ?? 200), seed);
  for (const { seed: at, what } of findings) say(`${DEEDS}: ${what} (seed ${at})`);
  say(`${DEEDS}: ${schedules} schedules over gRPC from seed ${seed}; machines: ${ends}`);
  return findings.length;
}

/** Compares what Minos makes of kubeconfigs with kubectl, 500 times or as often as LISTS says. */
function compareLists(): number {
  const env = { ...process.env, LISTS: process.env['LISTS'] ?? '500', SEED: String(seed) };
  const isWell = runTest('tests/main/operations/kubeconfig/same-as-kubectl.test.ts', env);
  say(`${LISTS}: ${env.LISTS} lists, ${isWell ? 'all as kubectl' : `not as kubectl (seed ${seed})`}`);
  return isWell ? 0 : 1;
}

/** Whether a test passes with these variables. */
function runTest(test: string, env: NodeJS.ProcessEnv): boolean {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return spawnSync(process.execPath, [vitest, 'run', test], { cwd, env, stdio: 'inherit' }).status === 0;
}

/** Fuzzes one parser; a process that hangs or dies is a find, and a new one goes on from another seed. */
async function fuzz(parser: string, forMs: number): Promise<number> {
  const end = Date.now() + forMs;
  let found = 0;
  for (let from = seed; Date.now() < end && found < 20; from += 1_000_003) {
    found += await run(parser, from, end - Date.now());
  }
  return found;
}

function run(parser: string, from: number, forMs: number): Promise<number> {
  const child = fork(new URL('fuzz/child.ts', import.meta.url), [parser, String(from), String(forMs)], {
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
  });
  let found = 0;
  let input = '';
  let isDone = false;
  const keep = (why: string, text: string): void => {
    found += 1;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
    mkdirSync(`${SEEDS}/${parser}`, { recursive: true });
    writeFileSync(`${SEEDS}/${parser}/${name}`, text);
    say(`${parser}: ${why} (${text.length} characters, seeds/${parser}/${name}, seed ${from})`);
  };
  const hang = (): void => {
    keep('hangs', input);
    isDone = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(hang, HANGS_MS);
  return new Promise((resolve) => {
    child.on('message', (message: FromChild) => {
      clearTimeout(timer);
      timer = setTimeout(hang, HANGS_MS);
      if (message.type === 'round') input = message.input ?? '';
      else if (message.type === 'find') keep(message.why, message.input);
      else {
        isDone = true;
        say(`${parser}: ${message.rounds} rounds, slowest ${message.slowestMs.toFixed(1)} ms, ${message.rssMb} MB`);
      }
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (!isDone) keep(`ends the process (${signal ?? String(code)})`, input);
      resolve(found);
    });
  });
}
