import { Scalar } from 'yaml';
import { isYamlNull } from '../../preload/contract/index.ts';
import { scalarText } from '../yaml/yaml-document.ts';

/** What kubectl's parser makes of a scalar. `broken`: it refuses the file. */
export type GoKind = 'text' | 'number' | 'bool' | 'null' | 'infinite' | 'broken';

const BOOL = /^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INFINITE = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
const YAML_TAG = 'tag:yaml.org,2002:';

/**
 * The kind of a scalar as kubectl reads it: YAML 1.1 with Go's numbers, so that `yes`, `0x10` and `1_000` are no text
 * (docs/talos-behaviour.md §4.4).
 */
export function goKind(node: Scalar): GoKind {
  const text = scalarText(node);
  const tag = node.tag?.startsWith(YAML_TAG) === true ? node.tag.slice(YAML_TAG.length) : node.tag;
  if (tag === undefined) return node.type === Scalar.PLAIN ? kindOf(text) : 'text';
  const kind = kindOf(text);
  switch (tag) {
    case 'int':
      return kind === 'number' && !isFloat(text) ? kind : 'broken';
    case 'float':
      return kind === 'number' || kind === 'infinite' ? kind : 'broken';
    case 'bool':
    case 'null':
      return kind === tag ? kind : 'broken';
    case 'binary':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(text.replaceAll(/[\r\n]/g, '')) ? 'text' : 'broken';
    default:
      return 'text';
  }
}

function kindOf(text: string): GoKind {
  if (BOOL.test(text)) return 'bool';
  if (isYamlNull(text)) return 'null';
  if (INFINITE.test(text)) return 'infinite';
  return isNumber(text) ? 'number' : 'text';
}

function isNumber(text: string): boolean {
  if (/^[-+0-9]/.test(text) && isWholeNumber(text.replaceAll('_', ''))) return true;
  // Only what starts with a digit or a sign may have underscores.
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  return FLOAT.test(plain) && /^[-+.0-9]/.test(text) && Number.isFinite(Number(plain));
}

/** Of Go's 64 bits; what is larger is text, unless it is a decimal. */
function isWholeNumber(text: string): boolean {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) return false;
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  if (sign === '-') return value <= 2n ** 63n;
  return value < (sign === '+' ? 2n ** 63n : 2n ** 64n);
}

const isFloat = (text: string): boolean => FLOAT.test(text) && !/^[-+]?[0-9]+$/.test(text);
