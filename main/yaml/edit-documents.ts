import { isMap, type Node } from 'yaml';
import { Failed } from '../lib/failed.ts';
import { inOldOrder, isPlainMap, isSameValue, plainOf, type PlainMap, type PlainValue } from './plain-value.ts';
import { refusedEdit } from './refused-edit.ts';
import { renderLines } from './render-yaml.ts';
import { parseBlocks } from './parse-blocks.ts';
import { parseDocuments, type YamlDocument } from './yaml-document.ts';
import { NotEditable, type Splice } from './yaml-items.ts';
import { applySplices, Splicer, styleOf } from './yaml-splices.ts';

/** What becomes of the documents of a text. */
export interface DocumentChanges {
  /** By index of the document: what it shall mean, or that it goes. Others stay as they are to the byte. */
  readonly changed: ReadonlyMap<number, PlainMap | 'removed'>;
  /** By index: what the changes were worked out on. A text that means something else is refused. */
  readonly before: ReadonlyMap<number, PlainMap>;
  /** New documents, behind the last one. */
  readonly appended: readonly PlainMap[];
}

const REFUSED = {
  what: 'text',
  hint: 'Write this part on plain indented lines, or make the change in an editor.',
} as const;

/**
 * Changes mappings that are documents of one text as splices: lines that need not change stay to the byte. The result is parsed again
 * and must mean exactly what was wanted. Throws Failed `file-invalid` when a part is written in a way that cannot be changed alone.
 */
export function editDocuments(text: string, { before, changed, appended }: DocumentChanges): string {
  const yamls = parseDocuments(text, undefined, { keepTokens: true });
  const wanted: PlainValue[] = [];
  const splices: Splice[] = [];
  const [first] = yamls;
  const style = first ? styleOf(yamls.find(({ root }) => isMap(root)) ?? first) : { eol: '\n', unit: '    ' };
  for (const [index, yaml] of yamls.entries()) {
    const change = changed.get(index);
    const old = plainOf(yaml);
    const read = before.get(index);
    if (read !== undefined && !isSameValue(old, read)) throw cannotWrite();
    if (change === 'removed') {
      // From its `---` to the one of the next.
      splices.push({ start: yaml.startsAt, end: yaml.endsAt, text: '' });
      continue;
    }
    const next = change === undefined ? old : inOldOrder(old, change);
    if (yaml.root !== undefined) wanted.push(next);
    if (next === old || isSameValue(old, next)) continue;
    splices.push(...documentSplices(yaml, old, next));
  }
  splices.push(...appendedSplices(text, appended, style, wanted.length > 0));
  wanted.push(...appended);
  if (splices.length === 0) return text;
  const result = applied(text, splices, first);
  if (isWanted(result, wanted)) return result;
  throw first ? refusedEdit(first, { ...REFUSED, offset: 0, file: undefined }) : cannotWrite();
}

const cannotWrite = (): Failed => new Failed({ code: 'file-invalid', message: 'This cannot be written as YAML.' });

function documentSplices(yaml: YamlDocument, old: PlainValue, next: PlainValue): readonly Splice[] {
  const root: Node | undefined = yaml.root;
  try {
    if (!isMap(root) || !isPlainMap(old) || !isPlainMap(next) || old.size === 0 || next.size === 0)
      throw new NotEditable(root?.range?.[0] ?? 0);
    const splicer = new Splicer(yaml, styleOf(yaml));
    splicer.changeMap(root, old, next, false);
    return splicer.splices;
  } catch (error) {
    if (!(error instanceof NotEditable)) throw error;
    throw refusedEdit(yaml, { ...REFUSED, offset: error.offset, file: undefined, cause: error });
  }
}

function applied(text: string, splices: readonly Splice[], yaml: YamlDocument | undefined): string {
  try {
    return applySplices(text, splices);
  } catch (error) {
    if (!(error instanceof NotEditable) || !yaml) throw error;
    throw refusedEdit(yaml, { ...REFUSED, offset: error.offset, file: undefined, cause: error });
  }
}

function isWanted(result: string, wanted: readonly PlainValue[]): boolean {
  try {
    const documents = parseBlocks(result).filter(({ root }) => root !== undefined);
    return (
      documents.length === wanted.length && documents.every((yaml, i) => isSameValue(plainOf(yaml), wanted[i] ?? ''))
    );
  } catch (error) {
    if (error instanceof Failed) return false;
    throw error;
  }
}

function appendedSplices(
  text: string,
  appended: readonly PlainMap[],
  { eol, unit }: { readonly eol: string; readonly unit: string },
  hasOthers: boolean,
): readonly Splice[] {
  if (appended.length === 0) return [];
  const lines = appended.flatMap((map, i) => [...(i > 0 || hasOthers ? ['---'] : []), ...renderLines(map, '', unit)]);
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return [{ start: text.length, end: text.length, text: gap + lines.map((line) => line + eol).join('') }];
}
