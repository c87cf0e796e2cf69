import type { ResourceTypeSummary, RowDetail } from '../../preload/contract/index.ts';
import { Failed } from '../lib/failed.ts';
import { boundedDetail } from './bounded.ts';
import { whyRefused } from './commands/allowed.ts';
import { findType } from './commands/get/find-type.ts';
import { resourceDetail } from './commands/get/resource-rows.ts';
import { listDefinitions, readDefinition } from './commands/get/resource-type.ts';
import type { Connection } from './connections.ts';

const DEADLINE_MS = 10_000;

/** Roles that may read resources which hold secrets (docs/talos-behaviour.md §1.4). */
const SENSITIVE_ROLES = ['os:admin'];

/** The resource types of a cluster, as whichever endpoint answers knows them; by name. Throws Failed. */
export async function resourceTypes(
  connection: Connection,
  certificateRoles: readonly string[],
  signal: AbortSignal,
): Promise<readonly ResourceTypeSummary[]> {
  return explained(connection, undefined, async () => {
    const definitions = await listDefinitions(connection, { deadlineMs: DEADLINE_MS, signal });
    return definitions
      .flatMap(({ id, yaml }) => readDefinition(id, yaml) ?? [])
      .map(({ type, defaultNamespace, aliases, isSensitive }) => {
        const refused = isSensitive ? whyRefused(SENSITIVE_ROLES, certificateRoles) : undefined;
        const named = { type, namespace: defaultNamespace, aliases, isSensitive };
        return refused === undefined ? named : { ...named, refused };
      })
      .sort((a, b) => a.type.localeCompare(b.type, 'en'));
  });
}

/** What to read with `readResource`. */
export interface WantedResource {
  readonly node: string;
  /** As typed: an id or any alias. */
  readonly type: string;
  readonly namespace?: string | undefined;
  readonly id: string;
}

/** One resource as it is now, as `talosctl get -o yaml` prints it. Throws Failed. */
export async function readResource(
  connection: Connection,
  wanted: WantedResource,
  signal: AbortSignal,
): Promise<RowDetail> {
  const { node, id } = wanted;
  return explained(connection, node, async () => {
    const found = await findType(connection, wanted.type, { nodes: [node], deadlineMs: DEADLINE_MS, signal });
    const request = { type: found.type, namespace: wanted.namespace ?? found.defaultNamespace, id };
    const options = { node, deadlineMs: DEADLINE_MS, signal };
    const { value } = await connection.unary('/cosi.resource.State/Get', request, options);
    if (value.resource === null) {
      throw new Failed({ code: 'not-found', message: `${node} has no ${found.displayType} ${id}.`, where: { node } });
    }
    return boundedDetail(resourceDetail(node, value.resource));
  });
}

async function explained<T>(connection: Connection, node: string | undefined, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(connection.explain(error, { node }), error);
  }
}
