import { Client, type ChannelOptions, type ClientOptions } from '@grpc/grpc-js';
import { parseTalosconfig } from '../../main/talosconfig/parse-talosconfig.ts';
import { channelCredentials } from '../../main/credentials/channel-credentials.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { readContext } from '../../main/operations/talosconfigs/context-reading.ts';
import { createPool, poolProbe, type Pool } from '../../main/pool/pool.ts';
import { spawnSimulator, type ChildSimulator } from '../../main/simulator/process.ts';
import { loadTalosProto, type LoadedProto } from '../../main/talos/load-proto.ts';
import { requestMetadata } from '../../main/talos/metadata.ts';
import { methodOf } from '../../main/talos/methods.ts';

/** A simulated cluster in a process of its own, so that its work is not counted, and clients for it. */
export interface PoolCluster {
  readonly simulator: ChildSimulator;
  readonly proto: LoadedProto;
  /** As dialled, in the talosconfig's order. */
  readonly targets: readonly string[];
  readonly nodes: readonly string[];
  /** A pool as the app makes it, which tries the endpoints in the order given. Whoever makes it closes it. */
  readonly pool: (targets?: readonly string[]) => Pool;
  /** One grpc-js channel to the first endpoint, with grpc-js's own settings unless told otherwise. */
  readonly bare: (options?: ChannelOptions) => Client;
  close(): Promise<void>;
}

const PROTO = new URL('../../proto/', import.meta.url).pathname;

/** Starts a cluster with the arguments of main/simulator/cli.ts. It ends by itself after ten minutes, if nobody closes it. */
export async function openPoolCluster(args: readonly string[]): Promise<PoolCluster> {
  const simulator = await spawnSimulator({ args, forSeconds: 600 });
  const proto = loadTalosProto(PROTO);
  const { contexts, current } = parseTalosconfig(simulator.talosconfig);
  const [raw] = contexts;
  const [cluster] = simulator.clusters;
  if (raw === undefined || cluster === undefined) throw new Error('The simulator gave no context.');
  const { identity } = readContext(raw, { id: raw.name, file: '', fileContext: current }, Date.now());
  if (identity === undefined) throw new Error('The simulator gave no identity.');
  const targets = cluster.endpoints.map(({ target }) => target);
  const open: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(client: T): T => {
    open.push(client);
    return client;
  };
  return {
    simulator,
    proto,
    targets,
    nodes: cluster.nodes.map(({ name }) => name),
    pool: (endpoints = targets) =>
      keep(
        createPool({
          endpoints,
          credentials: (_target, hooks) => channelCredentials(identity, hooks),
          methodClass: (path) => methodOf(path)?.safety ?? 'once',
          probe: poolProbe({
            method: proto.method('/machine.MachineService/Version'),
            request: {},
            metadata: requestMetadata({}),
          }),
          clock: systemClock,
          // Shuffles nothing.
          random: () => 0.999_999,
        }),
      ),
    bare: (options) => {
      const all: ClientOptions = { ...options };
      return keep(new Client(targets[0] ?? '', channelCredentials(identity), all));
    },
    close: async () => {
      for (const client of open) await client.close();
      await simulator.close();
    },
  };
}
