/** What a resource's spec is made of. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Words that YAML would read as something else than a string. */
const NEEDS_QUOTES =
  /^$|^[\s\-?:,[\]{}#&*!|>'"%@`]|:\s|\s#|[\n\t]|[\s:]$|^(true|false|yes|no|on|off|null|~)$|^[-+.\d][\d._eExXa-fA-F+-]*$/i;

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return NEEDS_QUOTES.test(value) ? JSON.stringify(value) : value;
}

function isScalar(value: YamlValue): value is string | number | boolean | null {
  return value === null || typeof value !== 'object';
}

function entryLines(prefix: string, value: YamlValue, pad: string): string[] {
  if (isScalar(value)) {
    if (typeof value === 'string' && value.includes('\n')) {
      const body = value.replace(/\n$/, '').split('\n');
      return [
        `${prefix} |${value.endsWith('\n') ? '' : '-'}`,
        ...body.map((line) => (line ? `${pad}    ${line}` : '')),
      ];
    }
    return [`${prefix} ${scalar(value)}`];
  }
  const lines = blockLines(value, `${pad}    `);
  return lines.length === 0 ? [`${prefix} ${Array.isArray(value) ? '[]' : '{}'}`] : [prefix, ...lines];
}

function blockLines(value: YamlValue, pad: string): string[] {
  if (isScalar(value)) return [`${pad}${scalar(value)}`];
  if (Array.isArray(value)) {
    return (value as readonly YamlValue[]).flatMap((item) => {
      if (isScalar(item)) return entryLines(`${pad}-`, item, pad);
      const [first = `${pad}  {}`, ...rest] = blockLines(item, `${pad}  `);
      return [`${pad}- ${first.slice(pad.length + 2)}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, item]) => entryLines(`${pad}${scalar(key)}:`, item, pad));
}

/** YAML in the style of Talos: four spaces, block form, no line folding. Ends with a line end. */
export function talosYaml(value: YamlValue): string {
  return `${blockLines(value, '').join('\n')}\n`;
}
