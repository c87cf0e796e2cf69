import type { Caller } from '../../clusters/caller.ts';
import { visible } from '../../../lib/visible.ts';
import { listResources } from '../../checks/client/read-resources.ts';
import { parseImage } from './image-reference.ts';
import type { SystemExtension } from './installer-of.ts';
import type { UpgradeFacts } from './judge-upgrade.ts';

const READ_WITHIN_MS = 10_000;
/** Of the name of an extension: it goes into sentences. */
const MOST_NAME = 100;
/** An image factory adds it as an extension, to tell its schematic. */
const SCHEMATIC = 'schematic';
const UNKNOWN: readonly string[] = ['not-found', 'not-supported'];
const SCHEMATIC_ID = /^[0-9a-f]{64}$/;

/**
 * Reads from a machine what its upgrade depends on: its version and platform, extensions, schematic, and its kubelet's
 * version. The machine config, which holds all secrets of a cluster, is not read for it. Throws what the calls throw.
 */
export async function readUpgradeFacts(
  caller: Caller,
  { node, signal }: { readonly node: string; readonly signal: AbortSignal },
): Promise<UpgradeFacts> {
  const call = { node, deadlineMs: READ_WITHIN_MS, signal };
  const list = (namespace: string, type: string, paths: readonly string[]) =>
    listResources(caller, { namespace, type }, paths, call);
  const [{ value }, extensions, schematics, security, kubelets] = await Promise.all([
    caller.unary('/machine.MachineService/Version', {}, call),
    list('runtime', 'ExtensionStatuses.runtime.talos.dev', ['{.metadata.name}', '{.metadata.version}']),
    list('runtime', 'ImageFactorySchematics.runtime.talos.dev', ['{.schematicId}', '{.apiUrl}']).catch(
      (error: unknown) => {
        // Older versions do not know it, and tell the schematic as an extension.
        if (UNKNOWN.includes(caller.explain(error, { node }).code)) return [];
        throw error;
      },
    ),
    list('runtime', 'SecurityStates.talos.dev', ['{.secureBoot}']),
    list('k8s', 'KubeletSpecs.kubernetes.talos.dev', ['{.image}']),
  ]);
  const [told] = value.messages;
  const all = extensions.map(({ fields: [name = '', version = ''] }): SystemExtension => ({
    name: visible(name.slice(0, MOST_NAME)),
    version,
  }));
  const [kubelet] = kubelets;
  return {
    version: told?.version?.tag ?? '',
    platform: platformOf(told?.platform?.name),
    mode: told?.platform?.mode ?? '',
    isSecureBoot: security.some(({ fields }) => fields[0] === 'true'),
    extensions: all.filter(({ name }) => name !== SCHEMATIC),
    schematic: schematicOf(
      schematics.map(({ fields }) => fields),
      all,
    ),
    kubernetes: kubelet && kubeletVersion(kubelet.fields[0] ?? ''),
  };
}

/** Talos marks slim and fat images behind the version. */
const kubeletVersion = (image: string): string => parseImage(image)?.tag.replace(/-(fat|slim)$/, '') ?? '';

/** A name that may stand in an image; metal for what tells none. */
const platformOf = (name: string | undefined): string =>
  name !== undefined && /^[a-z0-9]{1,32}$/.test(name) ? name : 'metal';

function schematicOf(
  told: readonly (readonly string[])[],
  extensions: readonly SystemExtension[],
): UpgradeFacts['schematic'] {
  const own = told.find(([id = '']) => SCHEMATIC_ID.test(id));
  if (own !== undefined) return { id: own[0] ?? '', host: hostOf(own[1] ?? '') };
  const marked = extensions.find(({ name, version }) => name === SCHEMATIC && SCHEMATIC_ID.test(version));
  return marked && { id: marked.version, host: undefined };
}

/** The host of a factory by the address of its API. */
function hostOf(url: string): string | undefined {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'https:' && host !== '' ? host : undefined;
  } catch {
    return undefined;
  }
}
