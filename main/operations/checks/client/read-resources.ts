import type { Caller } from '../../clusters/caller.ts';
import { parseTemplate } from '../../commands/resources/json-path.ts';

/** Resources of one type, of one node, with some of their fields as text. */
export interface ReadResource {
  readonly id: string;
  readonly fields: readonly string[];
}

/** More than any check looks at. */
const MAX_RESOURCES = 1_000;

interface Call {
  readonly node: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Lists resources and reads the fields at these paths (`{.stage}`). Throws what the call throws. */
export async function listResources(
  connection: Caller,
  place: { readonly namespace: string; readonly type: string },
  paths: readonly string[],
  call: Call,
): Promise<readonly ReadResource[]> {
  const columns = paths.map((path) => ({ name: path, template: parseTemplate(path) }));
  const reading = connection.texts.reading(call.signal);
  const found: ReadResource[] = [];
  for await (const { resource } of connection.serverStream('/cosi.resource.State/List', place, call)) {
    if (resource === null || found.length === MAX_RESOURCES) continue;
    const cells = paths.length === 0 ? [] : await reading.read('cells', columns, resource.spec?.yaml_spec ?? '');
    found.push({
      id: resource.metadata?.id ?? '',
      fields: paths.map((_path, index) => String(cells?.[index] ?? '')),
    });
  }
  return found;
}
