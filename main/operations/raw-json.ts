import type { RawAnswer } from '../../preload/contract/index.ts';
import { visibleJson } from '../lib/visible.ts';

/** Longest JSON text that is shown. */
export const MAX_JSON_LENGTH = 1024 * 1024;

/** A decoded message as indented JSON; bytes as base64, unseen signs as escapes. */
export function rawJson(message: unknown): RawAnswer {
  const json = visibleJson(JSON.stringify(message, bytesAsBase64, 2) ?? 'null');
  const isCut = json.length > MAX_JSON_LENGTH;
  return { json: isCut ? json.slice(0, MAX_JSON_LENGTH) : json, isCut };
}

/** `Buffer.toJSON` has run before a replacer sees the value. */
function bytesAsBase64(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !('type' in value) || value.type !== 'Buffer') return value;
  const { data } = value as { data?: unknown };
  return Array.isArray(data) ? Buffer.from(data as number[]).toString('base64') : value;
}
