import { chmod, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { visible } from '../lib/visible.ts';
import { obeyLine } from './control.ts';
import { demoCluster } from './demo.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';

const HELP = `Usage: npm run simulator -- [options]

Runs a simulated Talos cluster on loopback and prints its talosconfig. Takes commands as JSON lines on standard input,
for example {"fault":{"endpoint":"127.0.0.3","kind":"refuse"}}, and ends with it, with SIGTERM or with Ctrl-C.

  --demo                   the two clusters of the demo; the options of a single cluster do not apply
  --name NAME              cluster and context (sim)
  --nodes N                all nodes together (5)
  --control-planes N       how many of them are control planes (3)
  --endpoints N            how many nodes listen, control planes first (all control planes)
  --version VERSION        Talos version of the nodes (v1.13.9)
  --roles A,B              roles of the client certificate (os:admin)
  --clock-skew-ms=N        how far the nodes' clocks are ahead; negative means behind (0)
  --log-interval-ms N      a line in every log each so many milliseconds (differs per service)
  --seed N                 other values, the same in every run (1)
  --dns-names A,B          names in the endpoints' certificates, beside their addresses (none)
  --base-address ADDRESS   first endpoint (127.0.0.2)
  --port N                 port of the endpoints (any free one)
  --snapshot-chunk-bytes N size of the pieces of an etcd snapshot (1024)
  --etcd-step-ms N         how long each step of a member of etcd that begins takes (1500)
  --not-bootstrapped       a new cluster, whose etcd waits to be bootstrapped
  --talosconfig-out PATH   write the talosconfig there, readable by you only, and print the path
  --for-seconds N          end by itself; standard input may then be closed
  --json                   print one JSON line with everything instead, for programs
`;

const OPTIONS = {
  demo: { type: 'boolean', default: false },
  name: { type: 'string' },
  nodes: { type: 'string' },
  'control-planes': { type: 'string' },
  endpoints: { type: 'string' },
  version: { type: 'string' },
  roles: { type: 'string' },
  'clock-skew-ms': { type: 'string' },
  'log-interval-ms': { type: 'string' },
  seed: { type: 'string' },
  'dns-names': { type: 'string' },
  'base-address': { type: 'string' },
  port: { type: 'string' },
  'snapshot-chunk-bytes': { type: 'string' },
  'etcd-step-ms': { type: 'string' },
  'not-bootstrapped': { type: 'boolean', default: false },
  'talosconfig-out': { type: 'string' },
  'for-seconds': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const DEFAULT_NODES = 5;
const DEFAULT_CONTROL_PLANES = 3;

function wholeNumber(option: string, text: string | undefined, fallback: number, least = 0): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${option} wants a whole number.`);
  return value;
}

type Values = ReturnType<typeof readArguments>;

const readArguments = () => parseArgs({ options: OPTIONS }).values;

function simulatorOptions(values: Values): SimulatorOptions {
  const nodes = wholeNumber('nodes', values.nodes, DEFAULT_NODES);
  const controlPlanes = Math.min(
    nodes,
    wholeNumber('control-planes', values['control-planes'], DEFAULT_CONTROL_PLANES),
  );
  const workers = nodes - controlPlanes;
  const endpoints = Math.min(nodes, wholeNumber('endpoints', values.endpoints, controlPlanes));
  return {
    controlPlanes,
    workers,
    endpointCount: endpoints,
    seed: wholeNumber('seed', values.seed, 1),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.version === undefined ? {} : { version: values.version }),
    ...(values.roles === undefined ? {} : { roles: values.roles.split(',') }),
    ...(values['clock-skew-ms'] === undefined
      ? {}
      : { clockSkewMs: wholeNumber('clock-skew-ms', values['clock-skew-ms'], 0, -Infinity) }),
    isBootstrapped: !values['not-bootstrapped'],
    etcdStepMs: wholeNumber('etcd-step-ms', values['etcd-step-ms'], 1_500, 1),
    ...(values['log-interval-ms'] === undefined
      ? {}
      : { logIntervalMs: wholeNumber('log-interval-ms', values['log-interval-ms'], 0, 1) }),
    ...(values['dns-names'] === undefined ? {} : { dnsNames: values['dns-names'].split(',') }),
    ...(values['base-address'] === undefined ? {} : { baseAddress: values['base-address'] }),
    ...(values.port === undefined ? {} : { port: wholeNumber('port', values.port, 0) }),
    ...(values['snapshot-chunk-bytes'] === undefined
      ? {}
      : { snapshotChunkBytes: wholeNumber('snapshot-chunk-bytes', values['snapshot-chunk-bytes'], 1024) }),
  };
}

/** Everything a program wants to know, on one line. Contains private keys, as the talosconfig does. */
function readyLine(talosconfig: string, simulators: readonly Simulator[]): string {
  const clusters = simulators.map((simulator) => ({
    name: simulator.name,
    caPem: simulator.caPem,
    endpoints: simulator.endpoints.map(({ target, address, port, node }) => ({
      target,
      address,
      port,
      node: node.name,
    })),
    nodes: simulator.nodes.map(({ name, address, role, version }) => ({ name, address, role, version })),
  }));
  return JSON.stringify({ ready: { talosconfig, clusters } });
}

async function run(values: Values): Promise<void> {
  const demo = values.demo ? await demoCluster() : null;
  const simulators = demo === null ? [await startSimulator(simulatorOptions(values))] : [demo.demo, demo.lab];
  const talosconfig = demo?.talosconfig ?? simulators[0]?.talosconfig ?? '';
  const out = values['talosconfig-out'];
  if (out !== undefined) {
    // The mode counts only for a new file; a key must never land in one that others can read.
    await writeFile(out, '', { mode: 0o600 });
    await chmod(out, 0o600);
    await writeFile(out, talosconfig);
  }
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  say(values.json ? readyLine(talosconfig, simulators) : (out ?? talosconfig.trimEnd()));

  const lines = createInterface({ input: process.stdin });
  let ending = false;
  /** Orders are obeyed one after another. */
  let obeyed = Promise.resolve();
  const end = (): void => {
    if (ending) return;
    ending = true;
    lines.close();
    void obeyed.then(() => Promise.all(simulators.map((simulator) => simulator.close()))).then(() => process.exit(0));
  };
  const forSeconds = values['for-seconds'];
  if (forSeconds === undefined) lines.on('close', end);
  else setTimeout(end, wholeNumber('for-seconds', forSeconds, 0) * 1000);
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    obeyed = obeyed.then(async () => {
      say(await obeyLine(line, simulators));
    });
  });
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

try {
  const values = readArguments();
  if (values.help) process.stdout.write(HELP);
  else await run(values);
} catch (error) {
  process.stderr.write(`${visible(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 1;
}
