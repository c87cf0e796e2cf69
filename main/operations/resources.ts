import type { ResourceTypeSummary, RowDetail } from '../../preload/contract/index.ts';
import { Failed } from '../lib/failed.ts';
import { boundedDetail } from './work/bounded.ts';
import { whyRefused } from './commands/kit/allowed.ts';
import { anyDefinitions, findType } from './commands/resources/find-type.ts';
import { resourceDetail } from './commands/resources/resource-rows.ts';
import type { Caller } from './clusters/caller.ts';

const DEADLINE_MS = 10_000;

/** Characters of all types: a message to the page stays below 1 MiB also when each takes two bytes. */
const MAX_LIST_LENGTH = 450_000;
/** Names of fields, and the sentence why it is refused. */
const ENTRY_LENGTH = 200;
const byName = new Intl.Collator('en');

/** Roles that may read resources which hold secrets (docs/talos-behaviour.md §1.4). */
const SENSITIVE_ROLES = ['os:admin'];

/** The resource types of a cluster, as whichever endpoint answers knows them; by name. Throws Failed. */
export async function resourceTypes(
  connection: Caller,
  certificateRoles: readonly string[],
  signal: AbortSignal,
  /** Asked where the endpoint cannot say. */
  nodes: readonly string[] = connection.nodes,
): Promise<readonly ResourceTypeSummary[]> {
  return explained(connection, undefined, async () => {
    const { definitions, isCut } = await anyDefinitions(connection, { nodes, deadlineMs: DEADLINE_MS, signal });
    const reading = connection.texts.reading(signal);
    const types: ResourceTypeSummary[] = [];
    let length = 0;
    for (const { id, yaml } of definitions) {
      const read = await reading.read('definition', id, yaml);
      if (read === undefined) continue;
      const { type, defaultNamespace: namespace, aliases, isSensitive } = read;
      const refused = isSensitive ? whyRefused(SENSITIVE_ROLES, certificateRoles) : undefined;
      types.push({ type, namespace, aliases, isSensitive, ...(refused !== undefined && { refused }) });
      length += ENTRY_LENGTH + [type, namespace, ...aliases].reduce((sum, text) => sum + text.length + 5, 0);
    }
    if (isCut || reading.unread > 0 || length > MAX_LIST_LENGTH) throw tooManyTypes();
    return types.sort((a, b) => byName.compare(a.type, b.type));
  });
}

function tooManyTypes(): Failed {
  return new Failed({
    code: 'too-large',
    message: 'This cluster sends more resource types, or larger ones, than Minos reads.',
    hint: 'No Talos has so many: look at what answers there. A type can still be typed by its whole name.',
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
  connection: Caller,
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

async function explained<T>(connection: Caller, node: string | undefined, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(connection.explain(error, { node }), error);
  }
}
