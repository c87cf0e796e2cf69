import type { Problem } from '../../../preload/contract/index.ts';
import type { Carried } from '../../kubeconfig/incoming.ts';
import { decodeText, readFileBytes, type FileBytes } from '../../files/read-file.ts';
import { readSettled } from '../../files/settled-file.ts';
import { peelText, withoutShellMark } from '../../talosconfig/recognise/peel-text.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Secret } from '../../lib/secret.ts';
import { contextHosts, endpointHost, newHosts, type NamedHost } from '../talosconfigs/named-hosts.ts';
import type { KubeconfigTexts } from './texts.ts';

/** No kubeconfig of a person is larger, and what is merged is shown line by line. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Most files of one drop that are merged. */
const MAX_FILES = 20;
/** Most sentences about one file. */
const MAX_NOTES = 30;

/** A kubeconfig that the user handed over and that waits to be merged. Holds keys. */
export interface HandedOver {
  /** A path, or `clipboard`. */
  readonly from: string;
  readonly text: Secret;
  readonly contextCount: number;
  readonly carried: Carried;
  /** Of its servers and proxies. */
  readonly hosts: readonly NamedHost[];
  /** From a file: the page could not have written it (docs/adr/0016). */
  readonly isFromUsersFile: boolean;
}

/** Reads kubeconfigs that were dropped or chosen. Throws Failed: what kubectl refuses is refused. */
export async function openFiles(
  paths: readonly string[],
  texts: KubeconfigTexts,
  clock: Clock,
): Promise<readonly HandedOver[]> {
  if (paths.length > MAX_FILES)
    throw new Failed({ code: 'too-large', message: `More than ${MAX_FILES} kubeconfigs cannot be merged at once.` });
  const opened: HandedOver[] = [];
  const read = (at: string): Promise<FileBytes> => readFileBytes(at, MAX_BYTES);
  for (const path of paths) {
    const { bytes } = await readSettled(path, { clock, read });
    opened.push(await handedOver(decodeText(bytes, path), path, texts, true));
  }
  return opened;
}

/** Reads a text, such as the clipboard's, which the page may have written. Throws like {@link openFiles}. */
export async function openText(text: string, texts: KubeconfigTexts): Promise<readonly HandedOver[]> {
  if (text.length > MAX_BYTES)
    throw new Failed({
      code: 'too-large',
      message: 'The clipboard holds more than 4 MiB; no kubeconfig is that large.',
    });
  return [await handedOver(text, 'clipboard', texts, false)];
}

/** Wrappings that are taken off: base64, Markdown, a here-document, a string. */
const MOST_WRAPPINGS = 3;

/** The kubeconfig in a text that holds nothing else. */
function unwrapped(text: string, from: string): string {
  let inner = text;
  for (let depth = 0; depth < MOST_WRAPPINGS; depth++) {
    inner = withoutShellMark(inner);
    const [part, more] = peelText(inner, from)?.parts ?? [];
    if (part === undefined || more !== undefined) return inner;
    inner = decodeText(Buffer.from(part.base64.reveal(), 'base64'), from);
  }
  return inner;
}

async function handedOver(
  original: string,
  from: string,
  texts: KubeconfigTexts,
  isFromUsersFile: boolean,
): Promise<HandedOver> {
  const text = unwrapped(original, from);
  const { names, clusters } = await texts.summarizeKubeconfig(text, from);
  if (names.contexts.length === 0)
    throw new Failed({
      code: 'file-invalid',
      message: `${from} is no kubeconfig with contexts.`,
      where: { file: from },
    });
  const carried = await texts.carriedByKubeconfig(text, isFromUsersFile ? from : undefined);
  const servers = [...clusters.values()].map(({ server }) => endpointHost(server));
  const hosts = [...servers, ...carried.proxies.flatMap((proxy) => contextHosts([], proxy))];
  return { from, text: new Secret(text), contextCount: names.contexts.length, carried, hosts, isFromUsersFile };
}

/** What is said of a kubeconfig in the preview of its merge. */
export function carriedNotes({ carried: { sentences } }: HandedOver): readonly Problem[] {
  const more = sentences.length - MAX_NOTES;
  const shown = [
    ...sentences.slice(0, MAX_NOTES),
    ...(more > 0 ? [`${more} more such things stand in the lines below.`] : []),
  ];
  return shown.map((message) => ({ severity: 'warning', message }));
}

/** What the user is asked before it is merged: programs that run, and servers and proxies that a page may have brought. */
export function askedAbout(opened: readonly HandedOver[], named: ReadonlySet<string>): readonly string[] {
  const commands = opened.flatMap(({ carried }) => carried.runs.map(({ user, command }) => `${user}: ${command}`));
  const hosts = opened.filter((one) => !one.isFromUsersFile).flatMap((one) => newHosts(one.hosts, named));
  return [...new Set([...commands, ...hosts.map(({ shown }) => shown)])];
}
