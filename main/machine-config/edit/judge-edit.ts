import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { Failed } from '../../lib/failed.ts';
import { plainOf } from '../../yaml/plain-value.ts';
import { scalarText } from '../../yaml/yaml-document.ts';
import { readDocuments } from '../documents/bounds.ts';
import { checkFields } from '../documents/check-fields.ts';
import { documentIdentity, type ConfigDocument } from '../documents/config-document.ts';
import { documentsToShow, readDocument } from '../documents/load.ts';
import { Masker } from '../secrets/mask.ts';
import type { RuntimeMode } from '../validate/rule.ts';
import { validateConfig } from '../validate/validate.ts';
import { fillMasked, type FilledConfig } from './fill-secrets.ts';

/** Something in a config that is being edited. */
export interface EditProblem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** 1-based, of the edited text. */
  readonly line: number;
  /** What would put it right: the first `from` of its line becomes `to`. */
  readonly fix?: { readonly title: string; readonly from: string; readonly to: string };
}

/** Nobody reads more at once. */
const MOST = 200;

/**
 * What is wrong with the masked text of a config that is being edited: its spelling, its secrets, keys and values, and, once those are fine,
 * the rules of Talos and, with a version of it, fields that have a newer form. In the order of its lines. Throws Failed when the config it
 * was made from is none.
 */
export function judgeEdit(before: string, edited: string, mode: RuntimeMode, version?: string): readonly EditProblem[] {
  const masker = new Masker();
  try {
    const masked = masker.config(before);
    const filled = fillMasked(before, edited, masker, masked);
    const spelling = [...strayPlaceholders(masked.text, edited, filled), ...fieldProblems(edited)];
    const found = spelling.some(({ severity }) => severity === 'error')
      ? spelling
      : [...spelling, ...ruleProblems(filled, mode, version, masker)];
    return found.toSorted((a, b) => a.line - b.line).slice(0, MOST);
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.code === 'internal') throw error;
    const problem = problemOf(error);
    return [{ ...problem, message: masker.quoted(problem.message) }];
  }
}

function problemOf({ failure: { message, hint, where } }: Failed): EditProblem {
  // Of what is no YAML, the hint is for those who have no editor before them.
  const isSpelling = /^Line \d+/.test(message);
  const words = hint === undefined || isSpelling ? message : `${message}${/[.!?]$/.test(message) ? '' : '.'} ${hint}`;
  return { severity: 'error', message: words, line: where?.line ?? 1 };
}

/** Secrets that were lost, copied, moved, or that the config never had. */
function strayPlaceholders(masked: string, edited: string, filled: FilledConfig): readonly EditProblem[] {
  const strange = filled.strange.map(({ placeholder, line, isOfConfig }): EditProblem => ({
    severity: 'error',
    message: isOfConfig
      ? `${placeholder} has several lines or signs such as quotes, and cannot stand within another text.`
      : `${placeholder} stands for no secret of this config.`,
    line,
  }));
  const was = scalarsIn(masked).filter(({ value }) => PLACEHOLDER.test(value));
  const now = scalarsIn(edited);
  const pathOf = new Map(was.map(({ value, path }) => [value, path]));
  const valueAt = new Map(was.map(({ place, value }) => [place, value]));
  const moved = now
    .filter(({ place, value }) => PLACEHOLDER.test(value) && pathOf.has(value) && valueAt.get(place) !== value)
    .map(({ path, value, line }): EditProblem => ({
      ...{ severity: 'warning', line },
      message: `${path} gets the secret of ${pathOf.get(value) ?? ''}.`,
    }));
  const there = new Set(now.map(({ place }) => place));
  const lost = was
    .filter(({ place }) => !there.has(place))
    .map(({ path, line }): EditProblem => ({
      ...{ severity: 'warning', line: Math.min(line, edited.split('\n').length) },
      message: `The secret ${path} is not in it any more.`,
    }));
  return [...strange, ...moved, ...lost];
}

const PLACEHOLDER = /^<secret-\d+>$/;

/** A value of a config: its path, and that with its document. */
interface ScalarPlace {
  readonly place: string;
  readonly path: string;
  readonly value: string;
  readonly line: number;
}

/** Every value of a config that is no list and no mapping. */
function scalarsIn(text: string): readonly ScalarPlace[] {
  return documentsToShow(text).flatMap((document) => {
    const found: ScalarPlace[] = [];
    const walk = (node: unknown, path: string): void => {
      if (isMap(node)) {
        for (const { key, value } of node.items as Pair<Node | null, Node | null>[])
          walk(value, path === '' ? scalarText(key) : `${path}.${scalarText(key)}`);
      } else if (isSeq(node)) node.items.forEach((item, at) => walk(item, `${path}[${at}]`));
      else if (isScalar(node)) {
        const { line } = document.yaml.positionOf(node.range?.[0] ?? 0);
        found.push({ place: `${documentIdentity(document)} ${path}`, path, value: scalarText(node), line });
      }
    };
    walk(document.yaml.root, '');
    return found;
  });
}

/** Keys and values that Talos would not load. */
function fieldProblems(edited: string): readonly EditProblem[] {
  const lines = edited.split('\n');
  return readDocuments(edited).flatMap((yaml, index): readonly EditProblem[] => {
    const plain = plainOf(yaml);
    let document: ConfigDocument | undefined;
    try {
      document = readDocument(yaml, index, plain);
    } catch (error) {
      if (error instanceof Failed) return [problemOf(error)];
      throw error;
    }
    if (document === undefined) return [];
    const { wrong, unknown } = checkFields(yaml, document.plain, document.kind);
    return [
      // A placeholder stands for a value that was fine.
      ...wrong
        .filter(({ at }) => !/<secret-\d+>/.test(lines[at.line - 1] ?? ''))
        .map(({ path, at, wants = '' }): EditProblem => ({
          severity: 'error',
          message: `${path} wants ${wants}.`,
          line: at.line,
        })),
      ...unknown.map(({ path, at, nearest }): EditProblem => {
        const from = path.split('.').at(-1) ?? path;
        const meant = nearest === undefined ? '' : ` Is ${nearest} meant?`;
        return {
          ...{ severity: 'error', message: `Talos does not know ${path}.${meant}`, line: at.line },
          ...(nearest !== undefined && { fix: { title: `Change it to ${nearest}`, from, to: nearest } }),
        };
      }),
    ];
  });
}

/** The rules quote values, and a secret may have been moved to where they do. */
function ruleProblems(
  { text, lines }: FilledConfig,
  mode: RuntimeMode,
  version: string | undefined,
  masker: Masker,
): readonly EditProblem[] {
  return validateConfig(text, mode, false, version).map(({ severity, text: message, line }) => ({
    ...{ severity, message: masker.quoted(message) },
    line: lines[(line ?? 1) - 1] ?? 1,
  }));
}
