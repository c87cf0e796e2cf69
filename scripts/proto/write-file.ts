import type { HandWritten } from './comments.ts';
import type { WireField, WireFile, WireMessage, WireMethod } from './wire-facts.ts';

const LICENCE = 'SPDX-License-Identifier: Apache-2.0';

/** Imports that only carry options, which never reach the wire. */
const DROPPED_IMPORTS: readonly string[] = ['google/protobuf/descriptor.proto'];

/** The text of one .proto file: the facts, with the comments and the order that people gave it. */
export function writeFile(file: WireFile, written: HandWritten): string {
  const header = written.header.length === 0 ? [LICENCE] : written.header;
  const imports = file.imports.filter((path) => !DROPPED_IMPORTS.includes(path));
  const print = new Printer(written);
  print.lines(header.map((line) => `// ${line}`.trimEnd()));
  print.blank();
  print.lines(['syntax = "proto3";', '', `package ${file.package};`]);
  if (imports.length > 0) print.lines(['', ...imports.map((path) => `import "${path}";`)]);
  for (const name of print.ordered(Object.keys(file.services))) writeService(print, name, file.services[name] ?? {});
  for (const name of print.ordered(childrenOf(file, ''))) writeDeclaration(print, file, name);
  return print.text();
}

function writeService(print: Printer, name: string, methods: Readonly<Record<string, WireMethod>>): void {
  print.blank();
  print.block(name, `service ${name}`, () => {
    for (const path of print.ordered(Object.keys(methods).map((method) => `${name}.${method}`))) {
      const method = methods[path.slice(name.length + 1)];
      if (method !== undefined) writeMethod(print, path, method);
    }
  });
}

function writeMethod(print: Printer, path: string, method: WireMethod): void {
  const request = `${method.client_stream === true ? 'stream ' : ''}${method.request}`;
  const response = `${method.server_stream === true ? 'stream ' : ''}${method.response}`;
  const signature = `rpc ${lastPart(path)}(${request}) returns (${response})`;
  if (method.deprecated === true) print.block(path, signature, () => print.lines(['option deprecated = true;']));
  else print.declaration(path, `${signature};`);
}

function writeDeclaration(print: Printer, file: WireFile, name: string): void {
  const values = file.enums[name];
  if (values !== undefined) return writeEnum(print, name, values);
  const message = file.messages[name];
  if (message !== undefined) return writeMessage(print, file, name, message);
  throw new Error(`${name} is neither an enum nor a message`);
}

function writeEnum(print: Printer, name: string, values: Readonly<Record<string, number>>): void {
  print.blank();
  print.block(name, `enum ${lastPart(name)}`, () => {
    // By number: proto3 wants zero first.
    for (const [value, number] of Object.entries(values).sort((a, b) => a[1] - b[1])) {
      print.declaration(`${name}.${value}`, `${value} = ${number};`);
    }
  });
}

function writeMessage(print: Printer, file: WireFile, name: string, message: WireMessage): void {
  print.blank();
  print.block(name, `message ${lastPart(name)}`, () => {
    for (const child of print.ordered(childrenOf(file, `${name}.`))) writeDeclaration(print, file, child);
    const reserved = message.reserved ?? [];
    const fields = [...message.fields].sort((a, b) => a.n - b.n);
    if (reserved.length + fields.length > 0) print.blankUnlessFirst();
    for (const range of reserved) print.lines([`reserved ${rangeText(range)};`]);
    writeFields(print, name, fields);
  });
}

function writeFields(print: Printer, name: string, fields: readonly WireField[]): void {
  const done = new Set<string>();
  for (const field of fields) {
    const oneof = field.oneof;
    if (oneof === undefined) print.declaration(`${name}.${field.name}`, fieldText(field));
    else if (!done.has(oneof)) {
      done.add(oneof);
      print.block(`${name}.${oneof}`, `oneof ${oneof}`, () => {
        for (const member of fields.filter((other) => other.oneof === oneof)) {
          print.declaration(`${name}.${member.name}`, fieldText(member));
        }
      });
    }
  }
}

function fieldText(field: WireField): string {
  const label = field.repeated === true ? 'repeated ' : field.optional === true ? 'optional ' : '';
  const options = field.deprecated === true ? ' [deprecated = true]' : '';
  return `${label}${field.type.replace(/,(?=\S)/, ', ')} ${field.name} = ${field.n}${options};`;
}

function rangeText(range: readonly [number, number] | string): string {
  if (typeof range === 'string') return `"${range}"`;
  return range[0] === range[1] ? String(range[0]) : `${range[0]} to ${range[1]}`;
}

/** Enums and messages directly below `prefix`, enums first. */
function childrenOf(file: WireFile, prefix: string): string[] {
  const names = [...Object.keys(file.enums), ...Object.keys(file.messages)];
  return names.filter((name) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.'));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Collects lines, indents blocks and puts the hand-written comment above each declaration. */
class Printer {
  readonly #written: HandWritten;
  readonly #out: string[] = [];
  #depth = 0;

  constructor(written: HandWritten) {
    this.#written = written;
  }

  /** Names in the order of the existing file; new ones follow. */
  ordered(names: readonly string[]): string[] {
    const place = (name: string): number => {
      const index = this.#written.order.indexOf(name);
      return index < 0 ? Number.MAX_SAFE_INTEGER : index;
    };
    return [...names].sort((a, b) => place(a) - place(b));
  }

  lines(lines: readonly string[]): void {
    for (const line of lines) this.#out.push(line === '' ? '' : '  '.repeat(this.#depth) + line);
  }

  /** An empty line, but none directly inside an opening brace. */
  blankUnlessFirst(): void {
    const last = this.#out.at(-1) ?? '';
    if (last !== '' && !last.endsWith('{')) this.#out.push('');
  }

  blank(): void {
    this.blankUnlessFirst();
  }

  declaration(name: string, line: string): void {
    this.#comment(name);
    this.lines([line]);
  }

  block(name: string, opening: string, body: () => void): void {
    this.#comment(name);
    const start = this.#out.length;
    this.lines([`${opening} {`]);
    this.#depth += 1;
    body();
    this.#depth -= 1;
    if (this.#out.length === start + 1) this.#out[start] += '}';
    else this.lines(['}']);
  }

  text(): string {
    return `${this.#out.join('\n')}\n`;
  }

  #comment(name: string): void {
    const comment = this.#written.comments.get(name);
    if (comment !== undefined) this.lines(comment.split('\n').map((line) => `// ${line}`));
  }
}
