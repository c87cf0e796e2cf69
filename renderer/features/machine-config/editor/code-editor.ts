import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ConfigEditProblem, ConfigHelp } from '../../../../preload/contract/index.ts';
import { fieldsAt, helpAt, helpWords, typeWords } from './field-help.ts';
import { placeAt, type YamlPlace } from './yaml-place.ts';

/** What a {@link CodeEditor} is made of. */
export interface CodeEditorOptions {
  /** Its own: the page's policy lets no style of an editor into the document. */
  readonly root: ShadowRoot;
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  readonly help: () => ConfigHelp | undefined;
  readonly onChange: (text: string) => void;
}

/** An editor for YAML in a shadow root. Whoever made it calls `destroy`. */
export interface CodeEditor {
  /** Marks what is wrong, with what would put it right. */
  show(problems: readonly ConfigEditProblem[]): void;
  goTo(line: number): void;
  /** Does what a problem offers. */
  fix(problem: ConfigEditProblem): void;
  destroy(): void;
}

/** Makes the editor; it has no focus yet. */
export function codeEditor({ root, text, label, help, onChange }: CodeEditorOptions): CodeEditor {
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        ...[lineNumbers(), lintGutter(), history(), drawSelection(), highlightActiveLine(), indentOnInput()],
        ...[yaml(), indentUnit.of('    '), syntaxHighlighting(COLOURS), LOOK, search({ top: true })],
        // Tab leaves the editor: whoever has only keys must get out.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        autocompletion({ override: [(context) => complete(context, help())], icons: false }),
        hover(help),
      ],
    }),
  });
  return {
    show: (problems) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((one) => diagnosticOf(view.state, one, () => fix(view, one))),
        ),
      ),
    goTo: (line) => {
      const { from } = lineOf(view.state, line);
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    fix: (problem) => fix(view, problem),
    destroy: () => view.destroy(),
  };
}

const lineOf = ({ doc }: EditorState, line: number) => doc.line(Math.min(Math.max(1, line), doc.lines));

function diagnosticOf(
  state: EditorState,
  { severity, message, line, fix: offered }: ConfigEditProblem,
  run: () => void,
): Diagnostic {
  const { from, to, text } = lineOf(state, line);
  const start = from + (text.length - text.trimStart().length);
  return {
    ...{ from: Math.min(start, to), to, severity, message },
    ...(offered && { actions: [{ name: offered.title, apply: run }] }),
  };
}

function fix(view: EditorView, { line, fix: offered }: ConfigEditProblem): void {
  if (!offered) return;
  const { from, text } = lineOf(view.state, line);
  const at = text.indexOf(offered.from);
  if (at < 0) return;
  view.dispatch({ changes: { from: from + at, to: from + at + offered.from.length, insert: offered.to } });
}

function placeOf({ doc }: EditorState, position: number): YamlPlace | undefined {
  const { number, from } = doc.lineAt(position);
  const textOf = (line: number): string | undefined => (line <= doc.lines ? doc.line(line).text : undefined);
  return placeAt(textOf, number, position - from);
}

function complete(context: CompletionContext, help: ConfigHelp | undefined): CompletionResult | null {
  const word = context.matchBefore(/[\w./-]*/);
  const place = placeOf(context.state, context.pos);
  if (help === undefined || word === null || place === undefined) return null;
  if (word.from === word.to && !context.explicit) return null;
  if (place.isValue) {
    const field = helpAt(help, place);
    const words = field?.words ?? (field?.type === 'bool' ? ['true', 'false'] : []);
    return words.length === 0 ? null : { from: word.from, options: words.map((label) => ({ label })) };
  }
  const fields = Object.entries(fieldsAt(help, place) ?? {});
  if (fields.length === 0) return null;
  return {
    from: word.from,
    options: fields.map(([label, field]) => ({
      ...{ label, detail: typeWords(field), apply: `${label}: ` },
      ...(helpWords(field) !== '' && { info: helpWords(field) }),
      // What newer configs have elsewhere comes last.
      ...(field.isDeprecated === true && { boost: -1 }),
    })),
  };
}

const hover = (help: () => ConfigHelp | undefined): Extension =>
  hoverTooltip(
    (view, position) => {
      const known = help();
      const place = placeOf(view.state, position);
      if (known === undefined || place === undefined || place.isValue) return null;
      const field = helpAt(known, place);
      if (field === undefined) return null;
      return {
        pos: position,
        create: () => {
          const dom = document.createElement('div');
          dom.className = 'help';
          const path = [...place.path.filter((key) => key !== '[]'), place.key].join('.');
          dom.textContent = [`${path}: ${typeWords(field)}.`, helpWords(field)].join(' ').trim();
          return { dom };
        },
      };
    },
    // It lay over what completes the line that is typed.
    { hideOnChange: true },
  );

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: tags.comment, color: 'var(--muted)' },
  { tag: tags.punctuation, color: 'var(--muted)' },
]);

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--sunken)', color: 'var(--text)' },
  // The ring is around what it stands in: here the line numbers would lie over it.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { overflow: 'auto', fontFamily: 'var(--mono)', lineHeight: '18px' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 25%, var(--sunken))',
  },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--edge)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal', marginInlineStart: '12px' },
  // Muted could not be read on it.
  '.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-tooltip.cm-completionInfo': { padding: '4px 8px', maxWidth: '320px' },
  '.cm-tooltip .help': { padding: '4px 8px', maxWidth: '420px' },
});
