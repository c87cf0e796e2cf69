import { Lexer } from 'yaml';
import { secretNames } from '../schema/schema.ts';
import { looksSecret } from './looks-secret.ts';

/** What the lexer puts before a scalar, and what else it writes that is not in the text. */
const SCALAR = '\u001f';
const NOT_IN_TEXT: ReadonlySet<string> = new Set(['\u0002', '\u0018', SCALAR]);

/**
 * A YAML text whose comments hold no secret: what follows the name of a secret field (`# token: …`), private keys, and addresses that
 * sign in. Lines stay where they are. A line that was switched off by a `#` holds what it held before.
 */
export function maskComments(text: string, placeholderOf: (value: string) => string): string {
  if (!mayHoldSecrets(text)) return text;
  const parts: string[] = [];
  let isScalar = false;
  let isInKey = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && lexeme.startsWith('#')) {
      const isKey: boolean = isInKey || PRIVATE_KEY.test(lexeme);
      parts.push(isKey ? wholly(lexeme, placeholderOf) : maskedComment(lexeme, placeholderOf));
      isInKey = isKey && !lexeme.includes('-----END');
    } else {
      if (lexeme.trim() !== '' && !NOT_IN_TEXT.has(lexeme)) isInKey = false;
      if (!NOT_IN_TEXT.has(lexeme)) parts.push(lexeme);
    }
    isScalar = lexeme === SCALAR;
  }
  return parts.join('');
}

/** False where nothing behind any `#` would be hidden, whether it begins a comment or not: then nobody has to know which do. */
function mayHoldSecrets(text: string): boolean {
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at)) {
    const end = text.indexOf('\n', at);
    const rest = text.slice(at, end === -1 ? undefined : end);
    if (PRIVATE_KEY.test(rest) || looksSecret(rest) || named().test(rest)) return true;
    at += rest.length;
  }
  return false;
}

function maskedComment(comment: string, placeholderOf: (value: string) => string): string {
  if (looksSecret(comment)) return wholly(comment, placeholderOf);
  return comment.replace(named(), (whole, name: string, value: string) =>
    ONLY_PLACEHOLDER.test(value) ? whole : name + placeholderOf(value),
  );
}

const wholly = (comment: string, placeholderOf: (value: string) => string): string => {
  const [, marks = '', value = ''] = /^([#\s]*)([^]*)$/.exec(comment) ?? [];
  return value === '' ? comment : marks + placeholderOf(value);
};

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const ONLY_PLACEHOLDER = /^["']?<secret-\d+>["']?$/;

let pattern: RegExp | undefined;

/** The name of a secret field with its colon, and what follows on the line. */
const named = (): RegExp =>
  (pattern ??= new RegExp(`(\\b(?:${[...secretNames()].join('|')})["'\`]?[ \\t]{0,9}[:=][ \\t]{0,9})([^ \\t][^]*)$`));
