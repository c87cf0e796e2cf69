/** A word of an expression. */
export type TemplateOperand =
  /** `.A.B`, or `$v.A.B` of a variable; `$` alone is the group itself. */
  | { readonly kind: 'path'; readonly variable: string | undefined; readonly fields: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'function'; readonly name: string };

/** Commands with `|` between: each gets the result of the one before as its last word. */
export type Pipeline = readonly (readonly TemplateOperand[])[];

/** A piece of a template. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if';
      readonly pipeline: Pipeline;
      readonly yes: readonly Piece[];
      readonly no: readonly Piece[];
    }
  | {
      readonly kind: 'range';
      readonly key: string | undefined;
      readonly value: string | undefined;
      readonly pipeline: Pipeline;
      readonly body: readonly Piece[];
    };

/** Functions of templates that are known. */
const FUNCTIONS: ReadonlySet<string> = new Set(['printf', 'len']);

/** Reads the part of Go's templates that schemas of talosctl need. Throws an Error that says what it does not know. */
export function parseCellTemplate(text: string): readonly Piece[] {
  const tokens = tokensOf(text);
  let at = 0;
  const block = (ends: readonly string[]): { readonly pieces: Piece[]; readonly end: string } => {
    const pieces: Piece[] = [];
    for (;;) {
      const token = tokens[at++];
      if (token === undefined) {
        if (ends.length > 0) throw new Error('{{ end }} is missing');
        return { pieces, end: '' };
      }
      if (!token.isAction) {
        pieces.push({ kind: 'text', text: token.text });
        continue;
      }
      const [word = ''] = token.text.split(/\s/, 1);
      const rest = token.text.slice(word.length).trim();
      if (ends.includes(token.text)) return { pieces, end: token.text };
      if (word === 'if') {
        const yes = block(['else', 'end']);
        const no = yes.end === 'else' ? block(['end']).pieces : [];
        pieces.push({ kind: 'if', pipeline: pipelineOf(rest), yes: yes.pieces, no });
      } else if (word === 'range') {
        const [, key, value = key, source = rest] =
          /^(?:\$(\w+)\s*,\s*)?\$(\w+)\s*:=\s*(.*)$/s.exec(rest) ?? /^()()(.*)$/s.exec(rest) ?? [];
        const { pieces: body } = block(['end']);
        pieces.push({
          kind: 'range',
          key: key || undefined,
          value: value || undefined,
          pipeline: pipelineOf(source),
          body,
        });
      } else if (['else', 'end', 'with', 'define', 'template', 'block', 'break', 'continue'].includes(word)) {
        throw new Error(`{{ ${token.text} }} is not known here`);
      } else pieces.push({ kind: 'value', pipeline: pipelineOf(token.text) });
    }
  };
  return block([]).pieces;
}

interface Token {
  readonly isAction: boolean;
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  for (;;) {
    const begin = rest.indexOf('{{');
    if (begin < 0) break;
    const end = rest.indexOf('}}', begin);
    if (end < 0) throw new Error('}} is missing');
    const inner = rest.slice(begin + 2, end);
    const before = rest.slice(0, begin);
    tokens.push({ isAction: false, text: inner.startsWith('- ') ? before.trimEnd() : before });
    tokens.push({ isAction: true, text: inner.replace(/^- /, '').replace(/ -$/, '').trim() });
    rest = rest.slice(end + 2);
    if (inner.endsWith(' -')) rest = rest.trimStart();
  }
  return [...tokens, { isAction: false, text: rest }].filter((token) => token.isAction || token.text !== '');
}

function pipelineOf(text: string): Pipeline {
  const words = text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\||[^\s|]+/g) ?? [];
  const commands: TemplateOperand[][] = [[]];
  for (const word of words) {
    if (word === '|') commands.push([]);
    else commands.at(-1)?.push(operandOf(word));
  }
  if (commands.some((command) => command.length === 0)) throw new Error(`{{ ${text} }} is not complete`);
  return commands;
}

function operandOf(word: string): TemplateOperand {
  if (word.startsWith('"')) return { kind: 'text', text: String(JSON.parse(word)) };
  if (word.startsWith('`')) return { kind: 'text', text: word.slice(1, -1) };
  if (/^\d+$/.test(word)) return { kind: 'text', text: word };
  const [, variable, path = ''] = /^(?:\$(\w*))?((?:\.\w+)*|\.)$/.exec(word) ?? [];
  if (variable !== undefined || path !== '')
    return { kind: 'path', variable, fields: path.split('.').filter((field) => field !== '') };
  if (FUNCTIONS.has(word)) return { kind: 'function', name: word };
  throw new Error(`"${word}" is not known here`);
}
