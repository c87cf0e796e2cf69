import { visit, type Document } from 'yaml';
import { Failed } from '../../lib/failed.ts';
import { parseBlocks } from '../../yaml/parse-blocks.ts';
import { invalidAt, type YamlDocument } from '../../yaml/yaml-document.ts';

/** Longest machine config: Talos takes no message of more than 4 MB. */
const MAX_CONFIG_LENGTH = 3 * 1024 * 1024;

/**
 * The YAML documents of a machine config, within its bounds, to be read: without tokens. Throws Failed `too-large`, and `file-invalid` with
 * line and column for what is no YAML, and for anchors, aliases and tags: what they stand for could not be changed alone.
 */
export function readDocuments(text: string): readonly YamlDocument[] {
  refuseTooLong(text.length, 'Check that this is the right file.');
  const documents = parseBlocks(text);
  // Most configs have none of these signs outside of their values.
  if (/[&*!]/.test(text)) for (const yaml of documents) if (yaml.document) refuseSharing(yaml, yaml.document);
  return documents;
}

/** Throws Failed `too-large` for more characters than a config may have. */
export function refuseTooLong(length: number, hint: string): void {
  if (length <= MAX_CONFIG_LENGTH) return;
  const message = 'A machine config of more than 3 MB; Talos takes none that long.';
  throw new Failed({ code: 'too-large', message, hint });
}

function refuseSharing(yaml: YamlDocument, document: Document.Parsed): void {
  visit(document, {
    Alias: (_, node) => {
      throw invalidAt(
        'an alias (*name); Minos reads machine configs without them.',
        yaml.positionOf(node.range?.[0] ?? 0),
      );
    },
    Node: (_, node) => {
      const at = node.range?.[0] ?? 0;
      if (node.tag !== undefined)
        throw invalidAt('a tag (!name); Minos reads machine configs without them.', yaml.positionOf(at));
      const anchor = 'anchor' in node ? node.anchor : undefined;
      if (anchor !== undefined)
        throw invalidAt('an anchor (&name); Minos reads machine configs without them.', yaml.positionOf(at));
    },
  });
}
