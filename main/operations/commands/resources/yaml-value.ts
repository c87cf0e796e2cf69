import { parse } from 'yaml';

/** Specs above this are not read at all; their YAML can still be looked at. */
export const MAX_SPEC_LENGTH = 1024 * 1024;

/**
 * A spec's YAML as plain values: integers exact, or with `failsafe` every scalar as its text. Undefined when it is too long or
 * no YAML. What it costs is not bounded by its length: ask `isPlainYaml` before, or do it in a thread that can be ended.
 */
export function yamlValue(text: string, schema: 'core' | 'failsafe' = 'core'): unknown {
  if (text.length > MAX_SPEC_LENGTH) return undefined;
  try {
    return parse(text, {
      schema,
      intAsBigInt: true,
      maxAliasCount: 100,
      // Comparing each key with each is quadratic; the last of two keys counts.
      uniqueKeys: false,
      // Keys that are mappings are written out as text, twice as long with each level.
      stringKeys: true,
      // Each error would copy its whole line.
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch {
    return undefined; // Not YAML, or too many aliases: it is left out, and its text is there to be looked at.
  }
}
