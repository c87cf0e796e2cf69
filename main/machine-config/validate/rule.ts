import type { PlainMap } from '../../yaml/plain-value.ts';

/** Where a config shall run; decides some rules. */
export type RuntimeMode = 'metal' | 'cloud' | 'container';

/** What a rule says, word by word as Talos does; a warning does not refuse the config. */
export interface RuleVerdict {
  readonly text: string;
  readonly isWarning: boolean;
  /** Names from the top to what it is about, where that is known: the view shows its line. */
  readonly path?: string;
}

/** A rule of one document. */
export type ConfigRule = (document: PlainMap, mode: RuntimeMode) => readonly RuleVerdict[];

/** An error when something is so, else nothing. */
export const refuse = (isSo: boolean, text: string, path?: string): readonly RuleVerdict[] =>
  isSo ? [{ text, isWarning: false, ...(path === undefined ? {} : { path }) }] : [];

/** A warning when something is so, else nothing. */
export const warn = (isSo: boolean, text: string, path?: string): readonly RuleVerdict[] =>
  isSo ? [{ text, isWarning: true, ...(path === undefined ? {} : { path }) }] : [];
