/** Where in a document of a YAML text something stands. */
export interface YamlPlace {
  /** Of its document; `v1alpha1` for one that names none. */
  readonly kind: string;
  /** Keys around it, from the outermost; `[]` for an item of a list. */
  readonly path: readonly string[];
  /** The key on its line, whole or as far as it is typed. */
  readonly key: string;
  /** Behind the key and its colon. */
  readonly isValue: boolean;
}

const KEY = /^(\s*)((?:-\s+)*)([^\s#:'"]+|"[^"]*"|'[^']*'):(?:\s|$)/;
const TYPED = /^(\s*)((?:-\s+)*)([\w./-]*)$/;
const END = /^---/;

/** How far up keys are looked for. */
const MOST_LINES = 20_000;

/**
 * Where a column of a line stands in block YAML, by indentation alone: it works while the text is being typed and is no YAML yet. `line`
 * is the 1-based number; `textOf` gives a line's text. Undefined in comments and where no key can be.
 */
export function placeAt(
  textOf: (line: number) => string | undefined,
  line: number,
  column: number,
): YamlPlace | undefined {
  const text = textOf(line) ?? '';
  const before = text.slice(0, column);
  const key = KEY.exec(text);
  const typed = TYPED.exec(before);
  const found = key && column <= key[0].length && typed ? typed : (key ?? typed);
  if (!found) return undefined;
  const [, spaces = '', dashes = '', word = ''] = found;
  const isValue = found === key && column > spaces.length + dashes.length + word.length;
  return {
    kind: kindAt(textOf, line),
    path: pathTo(textOf, line, spaces.length, dashes.length),
    key: isValue || found === key ? word : (key?.[3] ?? word),
    isValue,
  };
}

/** Keys around a line, by lines above it that are indented less. */
function pathTo(
  textOf: (line: number) => string | undefined,
  line: number,
  spaces: number,
  dashes: number,
): readonly string[] {
  const path: string[] = [];
  let column = spaces + dashes;
  // Inside an item of a list: where its dash stands. The key of the list may stand there as well.
  let dash = dashes > 0 ? spaces : undefined;
  if (dash !== undefined) path.unshift('[]');
  for (let at = line - 1; at >= Math.max(1, line - MOST_LINES); at--) {
    const text = textOf(at) ?? '';
    if (END.test(text)) break;
    const [whole, before = '', marks = '', word = ''] = KEY.exec(text) ?? [];
    if (whole === undefined) continue;
    const its = before.length + marks.length;
    if (dash === undefined && its === column && marks !== '') {
      path.unshift('[]');
      dash = before.length;
      continue;
    }
    if (dash === undefined ? its >= column : its > dash) continue;
    path.unshift(word.replace(/^["']|["']$/g, ''));
    dash = marks === '' ? undefined : before.length;
    column = its;
    if (dash !== undefined) path.unshift('[]');
    else if (its === 0) break;
  }
  return path;
}

function kindAt(textOf: (line: number) => string | undefined, line: number): string {
  let first = line;
  while (first > 1 && line - first < MOST_LINES && !END.test(textOf(first - 1) ?? '')) first--;
  for (let at = first; at < first + MOST_LINES; at++) {
    const text = textOf(at);
    if (text === undefined || (at > first && END.test(text))) break;
    const [, kind] = /^kind:\s*(\w+)/.exec(text) ?? [];
    if (kind !== undefined) return kind;
  }
  return 'v1alpha1';
}
