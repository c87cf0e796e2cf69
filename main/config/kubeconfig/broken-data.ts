import { isMap, isSeq, type Node } from 'yaml';
import type { PlainValue } from '../plain-value.ts';
import { invalidAt, mapEntries, resolveAlias, type TextPosition } from '../yaml-document.ts';
import { isUnsetValue, sectionNode, VALUE_FIELD, type KubeEntry, type Kubeconfig, type Section } from './kubeconfig.ts';

/** Fields that hold base64, by the list they stand in. */
const DATA_FIELDS = {
  clusters: ['certificate-authority-data'],
  users: ['client-certificate-data', 'client-key-data'],
} as const;

/** Throws Failed `file-invalid` at the line of a `…-data` field that is no base64: kubectl refuses the whole file then. */
export function refuseBrokenData(kubeconfig: Kubeconfig, file?: string): void {
  for (const section of ['clusters', 'users'] as const) {
    for (const entry of kubeconfig[section].values()) {
      const broken = DATA_FIELDS[section].find((field) => !isBase64(entry.value.get(field)));
      if (broken === undefined) continue;
      const at = positionOf(kubeconfig, section, entry, broken);
      throw invalidAt(`${broken} is no base64; kubectl refuses such a file.`, at, file);
    }
  }
}

/** Padded base64 of the usual alphabet, line ends left out, as Go reads it. Lists of bytes are kubectl's to judge. */
export function isBase64(value: PlainValue | undefined): boolean {
  if (isUnsetValue(value) || (typeof value === 'object' && !('text' in value))) return true;
  if (typeof value !== 'string') return false;
  const text = /[\r\n]/.test(value) ? value.replaceAll(/[\r\n]/g, '') : value;
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** Where the field stands; the entry, when it comes from elsewhere. */
function positionOf({ yaml }: Kubeconfig, section: Section, { name, at }: KubeEntry, field: string): TextPosition {
  const child = (node: Node | null, wanted: string): Node | null => {
    const map = resolveAlias(yaml, node);
    if (!isMap(map)) return null;
    return mapEntries(yaml, map).entries.find((one) => one.name === wanted)?.pair.value ?? null;
  };
  const list = sectionNode(yaml, section);
  const items = isSeq(list) ? (list.items as (Node | null)[]) : [];
  const item = items.find((one) => {
    const start = yaml.positionOf(one?.range?.[0] ?? 0);
    return start.line === at.line && start.column === at.column;
  });
  const found = name === '' ? null : child(child(item ?? null, VALUE_FIELD[section]), field);
  return found?.range ? yaml.positionOf(found.range[0]) : at;
}
