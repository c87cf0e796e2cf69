import type { Client } from '@grpc/grpc-js';
import { eachBounded } from '../../main/operations/work/fan-out/each-bounded.ts';
import type { Pool } from '../../main/pool/pool.ts';
import { requestMetadata } from '../../main/talos/metadata.ts';
import type { LoadedProto } from '../../main/talos/load-proto.ts';

const VERSION = '/machine.MachineService/Version';
/** Long: on a busy machine a call of the other process may wait. */
const DEADLINE_MS = 300_000;
/** As the app asks nodes. */
const AT_ONCE = 64;

/** Asks one node for its version; without a node the endpoint answers for itself. */
export type AskVersion = (node?: string) => Promise<unknown>;

export const askPool = (pool: Pool, proto: LoadedProto): AskVersion => {
  const method = proto.method(VERSION);
  const options = { deadlineMs: DEADLINE_MS };
  return (node) => pool.unary(method, {}, { ...options, metadata: requestMetadata({ node }) });
};

/** The same call as {@link askPool}, as plain as grpc-js has it. */
export const askBare = (client: Client, proto: LoadedProto): AskVersion => {
  const { path, requestSerialize, responseDeserialize } = proto.method(VERSION);
  return (node) =>
    new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + DEADLINE_MS };
      const metadata = requestMetadata({ node });
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, {}, metadata, options, (error, value) => {
        if (error === null) resolve(value);
        else reject(error);
      });
    });
};

/** Asks every node. Rejects when one does not answer. */
export const askAll = (ask: AskVersion, nodes: readonly string[]): Promise<void> =>
  eachBounded(
    nodes,
    AT_ONCE,
    new AbortController().signal,
    async (node) => {
      await ask(node);
    },
    () => undefined,
  );
