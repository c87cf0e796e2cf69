import { isMap, isScalar } from 'yaml';
import { formatNumber } from '../../preload/contract/format/numbers.ts';
import type { Problem } from '../../preload/contract/index.ts';
import { fewProblems, linesInWords, MAX_CONTEXTS, MAX_TEXT_LENGTH } from '../yaml/bounds/few-problems.ts';
import { parseContext } from './parse-context.ts';
import type { RawContext } from './raw-context.ts';
import {
  invalidAt,
  isDate,
  isUnset,
  mapEntries,
  parseYaml,
  resolveAlias,
  scalarText,
  type MapEntry,
  type YamlDocument,
} from '../yaml/yaml-document.ts';

/** What a talosconfig says, without the file around it. */
export interface ParsedTalosconfig {
  /** `empty`: nothing in it, or only comments (talosctl says `EOF`). */
  readonly status: 'empty' | 'ready';
  /** In the file's order; names are unique. */
  readonly contexts: readonly RawContext[];
  /** `context:` of the file; '' when unset. */
  readonly current: string;
  /** Problems of the whole file; those of a context are with the context. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the text of a talosconfig. A broken context is listed with its problem and the good ones still work. Throws
 * Failed `file-invalid` (line and column, `file` when given) when the text is no YAML or no talosconfig at all.
 */
export function parseTalosconfig(
  text: string,
  file?: string,
  /** The text, when it is parsed already. */
  yaml: YamlDocument = parseYaml(text, file),
): ParsedTalosconfig {
  const problems: Problem[] = [];
  if (yaml.nextAt) {
    problems.push({
      severity: 'warning',
      message: `A second YAML document starts at line ${yaml.nextAt.line}; only the first counts.`,
      ...yaml.nextAt,
    });
  }
  if (!yaml.root) return { status: 'empty', contexts: [], current: '', problems };
  if (!isMap(yaml.root)) {
    throw invalidAt(
      'not a talosconfig: the file must be a mapping with “contexts”.',
      yaml.positionOf(yaml.root.range[0]),
      file,
    );
  }
  const { entries, duplicates } = mapEntries(yaml, yaml.root);
  for (const [name, [first, second]] of duplicates) {
    if ((name === 'context' || name === 'contexts') && first && second) {
      throw invalidAt(`“${name}” appears twice, on lines ${first.line} and ${second.line}.`, second, file);
    }
  }
  const top = new Map(entries.map((e) => [e.name, e]));
  if (top.has('<<'))
    problems.push({
      severity: 'error',
      message: 'Merge keys (<<) are not supported.',
      field: '<<',
      ...top.get('<<')?.at,
    });
  if (!top.has('context') && !top.has('contexts')) {
    throw invalidAt(
      'not a talosconfig: it has neither “contexts” nor “context”.',
      yaml.positionOf(yaml.root.range[0]),
      file,
    );
  }
  if (top.has('sops') && text.includes('ENC[')) {
    const message = 'This file is encrypted with SOPS: neither talosctl nor Minos can use what it holds.';
    problems.push({ severity: 'error', message, hint: 'Decrypt it first: sops -d FILE', ...top.get('sops')?.at });
  }
  const contexts = readContexts(yaml, top.get('contexts'), problems, file);
  problems.push(...refusals(contexts));
  const current = readCurrent(yaml, top.get('context'), problems);
  if (current !== '' && !contexts.some((c) => c.name === current)) {
    problems.push({
      severity: 'warning',
      message: `The current context “${current}” is not defined in this file.`,
      hint: 'Select one of its contexts.',
      field: 'context',
      ...top.get('context')?.at,
    });
  }
  return { status: 'ready', contexts, current, problems: fewProblems(problems, MAX_PROBLEMS) };
}

/** Most problems of a file that are listed. */
const MAX_PROBLEMS = 100;

/** What makes talosctl refuse the whole file although the other contexts are good. */
function refusals(contexts: readonly RawContext[]): readonly Problem[] {
  return contexts.flatMap(({ talosctl, name, line }): readonly Problem[] => {
    if (talosctl !== 'refuses' && talosctl !== 'crashes') return [];
    const does = talosctl === 'refuses' ? 'refuses the whole file' : 'crashes on this file';
    const hint = 'Correct or remove this context.';
    return [{ severity: 'warning', message: `talosctl ${does} because of “${name}”.`, hint, line, column: 1 }];
  });
}

function readCurrent(yaml: YamlDocument, entry: MapEntry | undefined, problems: Problem[]): string {
  const node = resolveAlias(yaml, entry?.pair.value);
  if (!entry || isUnset(node)) return '';
  if (isDate(node)) {
    const message = 'talosctl refuses the whole file: the current context without quotes is a date in YAML.';
    problems.push({ severity: 'warning', message, hint: 'Write it in quotes.', field: 'context', ...entry.at });
  }
  if (isScalar(node) && scalarText(node).length <= MAX_TEXT_LENGTH) return scalarText(node);
  problems.push({
    severity: 'error',
    message: isScalar(node) ? '“context” is longer than any name.' : '“context” is not text.',
    field: 'context',
    ...entry.at,
  });
  return '';
}

function readContexts(
  yaml: YamlDocument,
  entry: MapEntry | undefined,
  problems: Problem[],
  file: string | undefined,
): readonly RawContext[] {
  const node = resolveAlias(yaml, entry?.pair.value);
  if (!entry || isUnset(node)) return [];
  if (!isMap(node)) throw invalidAt('“contexts” is not a mapping of names to contexts.', entry.at, file);
  const { entries, duplicates, oddKeysAt } = mapEntries(yaml, node);
  const merge = entries.find(
    (entry) => entry.name === '<<' && isScalar(entry.pair.key) && entry.pair.key.type === 'PLAIN',
  );
  if (merge) {
    problems.push({
      severity: 'error',
      message: 'Merge keys (<<) are not supported; contexts that come in that way are not listed.',
      hint: 'Write the contexts out.',
      field: 'contexts.<<',
      ...merge.at,
    });
  }
  for (const at of oddKeysAt)
    problems.push({ severity: 'error', message: 'The name of a context is not text.', ...at });
  for (const [name, places] of duplicates) {
    if (name.length > MAX_TEXT_LENGTH) continue;
    const lines = linesInWords(places);
    problems.push({
      severity: 'error',
      message: `The context “${name}” appears more than once, on lines ${lines}; talosctl refuses the whole file.`,
      hint: 'Rename or remove all but one in an editor.',
      field: `contexts.${name}`,
      ...places[1],
    });
  }
  const contexts = new Map<string, RawContext>();
  for (const item of entries) {
    if (item === merge || contexts.has(item.name)) continue;
    if (contexts.size >= MAX_CONTEXTS) {
      const message = `The file has ${formatNumber(entries.length)} contexts; only the first ${formatNumber(MAX_CONTEXTS)} are read.`;
      problems.unshift({ severity: 'error', message, hint: 'Split the file.', ...item.at });
      break;
    }
    if (item.name.length > MAX_TEXT_LENGTH) {
      const message = 'The name of this context is longer than 1,024 characters; it is not listed.';
      problems.push({ severity: 'error', message, ...item.at });
      continue;
    }
    const context = parseContext(yaml, item);
    const places = duplicates.get(item.name);
    const lines = places && linesInWords(places);
    const twice: Problem = {
      severity: 'error',
      message: `This context appears more than once, on lines ${lines ?? ''}.`,
      ...item.at,
    };
    contexts.set(item.name, places ? { ...context, problems: [...context.problems, twice] } : context);
  }
  return [...contexts.values()];
}
