import type { ErrorCode } from 'yaml';

/**
 * One sentence per error code of the YAML parser. Its own messages are not shown: some quote the text they stumble
 * over, which may be part of a key.
 */
export function yamlSentence(code: ErrorCode): string {
  return SENTENCES[code];
}

const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (*name) with a tag or anchor of its own.',
  BAD_ALIAS: 'an alias or anchor without a usable name, or an alias of something not defined before.',
  BAD_COLLECTION_TYPE: 'a tag that does not fit the list or mapping after it.',
  BAD_DIRECTIVE: 'a % directive that YAML does not know.',
  BAD_DQ_ESCAPE: 'an escape sequence (\\…) that YAML does not know inside double quotes.',
  BAD_INDENT: 'the indentation does not fit the lines before it.',
  BAD_PROP_ORDER: 'a tag or anchor before the indicator it must follow.',
  BAD_SCALAR_START: 'a value starts with a character that needs quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping or list where a plain name must be.',
  BLOCK_IN_FLOW: 'an indented block inside { } or [ ].',
  DUPLICATE_KEY: 'a name that appears twice in one mapping.',
  IMPOSSIBLE: 'text that cannot be understood as YAML.',
  KEY_OVER_1024_CHARS: 'a name longer than 1,024 characters.',
  MISSING_CHAR: 'a character is missing, such as a closing quote, a colon, a comma or a dash.',
  MULTILINE_IMPLICIT_KEY: 'a name that runs over several lines.',
  MULTIPLE_ANCHORS: 'two anchors on one value.',
  MULTIPLE_DOCS: 'more than one document.',
  MULTIPLE_TAGS: 'two tags on one value.',
  NON_STRING_KEY: 'a name that is not text.',
  RESOURCE_EXHAUSTION: 'nested too deeply to be a talosconfig.',
  TAB_AS_INDENT: 'a tab is used for indentation; use spaces.',
  TAG_RESOLVE_FAILED: 'a tag (!name) that does not fit its value.',
  UNEXPECTED_TOKEN: 'something that does not belong here.',
};
