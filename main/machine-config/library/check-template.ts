import { isSeq } from 'yaml';
import { plainOf } from '../../yaml/plain-value.ts';
import { Failed } from '../../lib/failed.ts';
import { readDocuments } from '../documents/bounds.ts';
import { checkFields } from '../documents/check-fields.ts';
import { configRefused } from '../documents/config-refused.ts';
import { readDocument } from '../documents/load.ts';
import { extractDeletions } from '../patch/delete-markers.ts';
import { loadPatch } from '../patch/load-patch.ts';
import { scalarsOf } from './placed-scalars.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { variableNames, variablesOf, type TemplateVariable } from './variables.ts';

/** Longest patch that is kept. */
const MOST_LENGTH = 100_000;

/**
 * The variables of a patch that may be kept for later: it is one, as far as that can be said before its variables have values, and holds no
 * secret. Throws Failed `file-invalid`, `too-large`, and `invalid` for a secret, each with the line.
 */
export function checkTemplate(text: string): readonly TemplateVariable[] {
  if (text.length > MOST_LENGTH)
    throw new Failed({ code: 'too-large', message: 'A patch of more than 100,000 characters is not kept.' });
  const variables = variablesOf(text);
  if (variables.length === 0) loadPatch(text);
  else refuseWrong(text);
  if (scalarsOf(text).length === 0) throw configRefused({ text: 'The patch holds nothing.' });
  refuseSecrets(text);
  return variables;
}

/** What would be wrong whatever the values are. */
function refuseWrong(text: string): void {
  const open = new Set(
    scalarsOf(text).flatMap(({ path, text: value }) => (variableNames(value).length > 0 ? [path] : [])),
  );
  const documents = readDocuments(text);
  const list = documents.find(({ root }) => isSeq(root));
  if (list?.root && documents.filter(({ root }) => root !== undefined).length > 1) {
    const { line } = list.positionOf(list.root.range[0]);
    throw configRefused({ text: `Line ${line}: a JSON patch stands alone in its text.`, line });
  }
  documents.forEach((yaml, index) => {
    if (yaml.root === undefined) return;
    const { rest } = extractDeletions(plainOf(yaml), yaml.positionOf(yaml.root.range[0]).line);
    // An operation of a JSON patch is looked at once it has its values.
    if (rest === undefined || Array.isArray(rest)) return;
    const document = readDocument(yaml, index, rest);
    if (document === undefined) return;
    const { wrong, unknown } = checkFields(yaml, document.plain, document.kind);
    const [bad] = wrong.filter(({ path }) => !open.has(path));
    if (bad)
      throw configRefused({ text: `Line ${bad.at.line}: ${bad.path} wants ${bad.wants ?? ''}.`, line: bad.at.line });
    const [key] = unknown;
    if (key === undefined) return;
    const meant = key.nearest === undefined ? {} : { hint: `Is ${key.nearest} meant?` };
    throw configRefused({ text: `Line ${key.at.line}: Talos does not know ${key.path}.`, line: key.at.line, ...meant });
  });
}
