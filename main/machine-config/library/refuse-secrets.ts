import { isNode, isSeq } from 'yaml';
import { isPlainList, isPlainMap, plainOf } from '../../yaml/plain-value.ts';
import type { YamlDocument } from '../../yaml/yaml-document.ts';
import { Failed } from '../../lib/failed.ts';
import { readDocuments } from '../documents/bounds.ts';
import { documentsToShow } from '../documents/load.ts';
import { findSecrets } from '../secrets/find-secrets.ts';
import { looksSecret } from '../secrets/looks-secret.ts';
import { maskComments } from '../secrets/mask-comments.ts';
import { configOfOperation } from './json-operations.ts';
import { scalarsOf } from './placed-scalars.ts';
import { isOnlyVariables } from './variables.ts';

/**
 * Refuses a patch that holds a secret: what is kept for later is not encrypted, and is exported. Looked at are the fields that Talos hides,
 * private keys, addresses that sign in, tokens of well-known makers wherever they stand, and comments. Throws Failed `invalid` with the line.
 */
export function refuseSecrets(text: string): void {
  const [first] = readDocuments(text).filter(({ root }) => root !== undefined);
  if (first && isSeq(first.root)) refuseInOperations(first, first.root.items);
  else refuseFound(text, (line) => line);
  for (const { text: value, path, line } of scalarsOf(text))
    if (looksSecret(value) || TOKEN.test(value)) throw holdsSecret(path, line);
  maskComments(text, (value) => {
    if (!isOnlyVariables(value)) throw holdsSecret('a comment', lineOfComment(text, value));
    return '';
  });
}

function refuseInOperations(yaml: YamlDocument, items: readonly unknown[]): void {
  const operations = plainOf(yaml);
  if (!isPlainList(operations)) return;
  for (const [at, operation] of operations.entries()) {
    const { line } = yaml.positionOf(offsetOf(items[at]));
    if (isPlainMap(operation)) refuseFound(configOfOperation(operation), () => line);
  }
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** 1-based. */
function lineOfComment(text: string, value: string): number {
  const [first = ''] = value.split('\n');
  return text.split('\n').findIndex((line) => line.includes('#') && line.includes(first)) + 1;
}

function refuseFound(config: string, lineOf: (line: number) => number): void {
  for (const document of documentsToShow(config))
    for (const { path, value, isKnown, line } of findSecrets(document))
      if (isKnown && !isOnlyVariables(value)) throw holdsSecret(path, lineOf(line));
}

/** What tokens look like, by those who make them: GitHub, GitLab, Amazon, Slack, JWT, and the join tokens of Talos and Kubernetes. */
const TOKEN =
  /\bgh[pousr]_\w{30,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[\w-]{10,}|\beyJ[\w-]{10,1000}\.eyJ[\w-]{10,}|^[a-z0-9]{6}\.[a-z0-9]{16}$/;

function holdsSecret(path: string, line: number): Failed {
  return new Failed({
    code: 'invalid',
    message: `Line ${line}: ${path} holds a secret, and saved patches are kept as they are, not encrypted.`,
    hint: 'Write a variable in its place, such as ${TOKEN}: it is asked for each time, and never kept.',
    where: { line },
  });
}
