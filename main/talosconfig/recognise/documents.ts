import { partOf, type Part } from './part.ts';

/**
 * The YAML documents of a text that hold something, when it has several documents. Their marks stand at the start of a line, where
 * no value of a document can have them.
 */
export function documentsIn(text: string): readonly Part[] {
  if (!/^(?:---|\.\.\.)(?:\s|$)/m.test(text)) return [];
  const documents: string[] = [];
  let lines: string[] = [];
  let begun = 0;
  const end = (): void => {
    if (lines.some((line) => !/^\uFEFF?\s*(?:#.*)?$/.test(line))) documents.push(`${lines.join('\n')}\n`);
    lines = [];
  };
  for (const line of text.split('\n')) {
    const mark = /^\uFEFF?(---|\.\.\.)(?=\s|$)(.*)$/.exec(line);
    if (!mark) {
      if (!line.startsWith('%')) lines.push(line);
      continue;
    }
    end();
    if (mark[1] === '---') begun++;
    if (mark[1] === '---' && (mark[2] ?? '').trim() !== '') lines.push(mark[2] ?? '');
  }
  end();
  const isOnly = documents.length === 1 && begun < 2;
  return isOnly ? [] : documents.map((document, index) => partOf(document, `document ${index + 1}`));
}
