import { isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { Failed } from '../lib/failed.ts';
import { parseBlocks } from '../yaml/parse-blocks.ts';
import { scalarText } from '../yaml/yaml-document.ts';
import { documentTitle, isV1Alpha1, type ConfigDocument } from './documents/config-document.ts';
import { Masker, type MaskedSecret, type MaskedText } from './secrets/mask.ts';
import { maskedLines } from './secrets/masked-lines.ts';
import { failedWithoutSecrets } from './secrets/without-secrets.ts';

/** A part of a document and where it stands. */
export interface OutlinePart {
  /** `machine.network` */
  readonly path: string;
  /** 1-based, of the masked text. */
  readonly line: number;
}

/** A document and its parts. */
export interface OutlineDocument {
  readonly title: string;
  readonly line: number;
  /** Empty where this Minos does not know the kind. */
  readonly isKnown: boolean;
  readonly parts: readonly OutlinePart[];
}

/** A config as it is shown. */
export interface ReadConfig {
  readonly text: string;
  /** Lines are those of the masked text. Holds the values: never leaves main as a whole. */
  readonly secrets: readonly MaskedSecret[];
  readonly documents: readonly OutlineDocument[];
}

/**
 * A machine config with its secrets masked, and what it is made of. Throws Failed `file-invalid` for what is none, without the secrets of
 * its other documents.
 */
export function readConfig(text: string): ReadConfig {
  const masked = maskedConfig(text);
  const lineOf = maskedLines(text, masked.secrets);
  const secrets = masked.secrets.map((secret) => ({ ...secret, line: lineOf(secret.line) }));
  return { text: masked.text, secrets, documents: masked.documents.map((one) => outlineOf(one, lineOf)) };
}

function maskedConfig(text: string): MaskedText {
  try {
    return new Masker().config(text);
  } catch (error) {
    throw error instanceof Failed ? failedWithoutSecrets(error, text) : error;
  }
}

/** Most parts of one document that are listed. */
const MOST_PARTS = 200;

function outlineOf(document: ConfigDocument, lineOf: (line: number) => number): OutlineDocument {
  const { yaml, line, kind } = document;
  const parts: OutlinePart[] = [];
  const add = (map: YAMLMap, path: string): void => {
    for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
      const name = path + scalarText(key);
      if (isSkipped(name) || parts.length >= MOST_PARTS) continue;
      parts.push({ path: name, line: lineOf(yaml.positionOf(key?.range?.[0] ?? 0).line) });
      if (path === '' && isV1Alpha1(document) && isMap(value)) add(value, `${name}.`);
    }
  };
  if (isMap(yaml.root)) add(yaml.root, '');
  const isKnown = kind.root !== '';
  // The name of a kind that is not known is masked like all of it.
  return { title: isKnown ? documentTitle(document) : kind.kind, line: lineOf(line), isKnown, parts };
}

const isSkipped = (name: string): boolean => ['version', 'apiVersion', 'kind', 'name'].includes(name);

/** The config in the specification of a resource: it stands there as one text, or as it is (SPEC-2 F2). */
export function configInSpec(spec: string): string {
  const [first] = parseBlocks(spec);
  return isScalar(first?.root) ? scalarText(first.root) : spec;
}
