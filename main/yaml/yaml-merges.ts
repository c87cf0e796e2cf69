import { isMap, isScalar, isSeq, Scalar, type Node } from 'yaml';
import { invalidAt, resolveAlias, type MapEntry, type YamlDocument } from './yaml-document.ts';

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** True for the key `<<` that copies the fields of another mapping; a quoted one is a name like any other. */
export function isMergeKey(key: Node | null): boolean {
  if (!isScalar(key) || (key.source ?? key.value) !== '<<') return false;
  return key.tag === undefined ? key.type === Scalar.PLAIN : key.tag === MERGE_TAG;
}

/**
 * The mappings that a merge key copies, the one that wins last: the first of a list wins. Throws Failed `file-invalid`
 * for anything but a mapping or a list of mappings, which kubectl refuses as well.
 */
export function mergeSources(yaml: YamlDocument, { pair, at }: MapEntry, file?: string): readonly Node[] {
  const sources = isSeq(pair.value) ? (pair.value.items as (Node | null)[]).toReversed() : [pair.value];
  return sources.map((source) => {
    if (source !== null && isMap(resolveAlias(yaml, source))) return source;
    throw invalidAt('<< needs a mapping or a list of mappings; kubectl refuses such a file.', at, file);
  });
}
