import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { filesBelow } from '../../scripts/proto/generate-types.ts';
import type { WireFacts, WireField, WireFile } from '../../scripts/proto/wire-facts.ts';

/** One line per fact: `machine/machine.proto: field machine.Version.version` → `= 2, machine.VersionInfo`. */
export type Facts = ReadonlyMap<string, string>;

/** The facts that proto/ must agree with. */
export function factsOfWire(wire: WireFacts): Facts {
  const facts = new Map<string, string>();
  const known = new Set<string>();
  for (const file of Object.values(wire.files)) {
    for (const name of [...Object.keys(file.messages), ...Object.keys(file.enums)])
      known.add(`${file.package}.${name}`);
  }
  for (const [path, file] of Object.entries(wire.files)) addWireFile(facts, known, path, file);
  return facts;
}

function addWireFile(facts: Map<string, string>, known: ReadonlySet<string>, path: string, file: WireFile): void {
  facts.set(`${path}: package`, `${file.package}, ${file.syntax}`);
  for (const [service, methods] of Object.entries(file.services)) {
    facts.set(`${path}: service ${file.package}.${service}`, '');
    for (const [name, method] of Object.entries(methods)) {
      const type = (written: string): string => resolve(written, file.package, known);
      const value = methodText({
        request: type(method.request),
        response: type(method.response),
        clientStream: method.client_stream === true,
        serverStream: method.server_stream === true,
        deprecated: method.deprecated === true,
      });
      facts.set(`${path}: rpc ${file.package}.${service}.${name}`, value);
    }
  }
  for (const [name, message] of Object.entries(file.messages)) {
    const full = `${file.package}.${name}`;
    facts.set(`${path}: message ${full}`, reservedText(message.reserved ?? []));
    for (const field of message.fields) {
      facts.set(`${path}: field ${full}.${field.name}`, wireFieldText(field, full, known));
    }
  }
  for (const [name, values] of Object.entries(file.enums)) {
    facts.set(`${path}: enum ${file.package}.${name}`, '');
    for (const [value, number] of Object.entries(values)) {
      facts.set(`${path}: value ${file.package}.${name}.${value}`, `= ${number}`);
    }
  }
}

function wireFieldText(field: WireField, scope: string, known: ReadonlySet<string>): string {
  const map = /^map<(.+),(.+)>$/.exec(field.type);
  const type = map === null ? resolve(field.type, scope, known) : `map<${map[1]}, ${resolve(map[2]!, scope, known)}>`;
  return fieldText({
    number: field.n,
    type,
    repeated: field.repeated === true,
    optional: field.optional === true,
    deprecated: field.deprecated === true,
    oneof: field.oneof,
  });
}

/** Protobuf's scoping: the innermost scope that knows the name wins. */
function resolve(written: string, scope: string, known: ReadonlySet<string>): string {
  for (let outer = scope; outer !== ''; outer = outer.slice(0, Math.max(0, outer.lastIndexOf('.')))) {
    if (known.has(`${outer}.${written}`)) return `${outer}.${written}`;
  }
  return written;
}

/** The same facts as proto/ states them, read by protobufjs. */
export function factsOfProto(protoDir: string): Facts {
  const facts = new Map<string, string>();
  const root = new protobuf.Root();
  const files = filesBelow(protoDir, '.proto');
  root.resolvePath = (_origin, target) => (target.startsWith('google/protobuf/') ? target : join(protoDir, target));
  root.loadSync(files, { keepCase: true }).resolveAll();
  for (const path of files) addFile(facts, root, path, readFileSync(join(protoDir, path), 'utf8'));
  return facts;
}

/** Parses the file once more alone: which names stand in it. Their types come from the root that knows all files. */
function addFile(facts: Map<string, string>, root: protobuf.Root, path: string, text: string): void {
  const parsed = protobuf.parse(text, new protobuf.Root(), { keepCase: true });
  const name = parsed.package ?? '';
  facts.set(`${path}: package`, `${name}, ${/syntax = "(.+)"/.exec(text)?.[1] ?? 'no syntax'}`);
  const alone = parsed.root.lookup(name);
  if (alone instanceof protobuf.Namespace)
    for (const item of alone.nestedArray) add(facts, path, root.lookup(item.fullName));
}

function add(facts: Map<string, string>, path: string, item: protobuf.ReflectionObject | null): void {
  const full = item?.fullName.slice(1) ?? '';
  if (item instanceof protobuf.Service) {
    facts.set(`${path}: service ${full}`, '');
    for (const method of item.methodsArray) {
      const value = methodText({
        request: method.resolvedRequestType?.fullName.slice(1) ?? method.requestType,
        response: method.resolvedResponseType?.fullName.slice(1) ?? method.responseType,
        clientStream: method.requestStream === true,
        serverStream: method.responseStream === true,
        deprecated: isDeprecated(method),
      });
      facts.set(`${path}: rpc ${full}.${method.name}`, value);
    }
  } else if (item instanceof protobuf.Enum) {
    facts.set(`${path}: enum ${full}`, '');
    for (const [value, number] of Object.entries(item.values))
      facts.set(`${path}: value ${full}.${value}`, `= ${number}`);
  } else if (item instanceof protobuf.Type) {
    facts.set(`${path}: message ${full}`, reservedText(item.reserved ?? []));
    for (const field of item.fieldsArray) facts.set(`${path}: field ${full}.${field.name}`, protoFieldText(field));
    for (const nested of item.nestedArray) add(facts, path, nested);
  }
}

function protoFieldText(field: protobuf.Field): string {
  const named = field.resolvedType?.fullName.slice(1) ?? field.type;
  const optional = field.options?.['proto3_optional'] === true;
  return fieldText({
    number: field.id,
    type: field instanceof protobuf.MapField ? `map<${field.keyType}, ${named}>` : named,
    repeated: field.repeated,
    optional,
    deprecated: isDeprecated(field),
    // The parser wraps an optional field into a oneof of its own.
    oneof: optional ? undefined : field.partOf?.name,
  });
}

function isDeprecated(item: protobuf.ReflectionObject): boolean {
  return item.options?.['deprecated'] === true;
}

interface MethodFacts {
  readonly request: string;
  readonly response: string;
  readonly clientStream: boolean;
  readonly serverStream: boolean;
  readonly deprecated: boolean;
}

function methodText(method: MethodFacts): string {
  const request = `${method.clientStream ? 'stream ' : ''}${method.request}`;
  const response = `${method.serverStream ? 'stream ' : ''}${method.response}`;
  return `(${request}) returns (${response})${method.deprecated ? ', deprecated' : ''}`;
}

interface FieldFacts {
  readonly number: number;
  readonly type: string;
  readonly repeated: boolean;
  readonly optional: boolean;
  readonly deprecated: boolean;
  readonly oneof: string | undefined;
}

function fieldText(field: FieldFacts): string {
  const parts = [`= ${field.number}`, field.type];
  if (field.repeated) parts.push('repeated');
  if (field.optional) parts.push('optional');
  if (field.deprecated) parts.push('deprecated');
  if (field.oneof !== undefined) parts.push(`oneof ${field.oneof}`);
  return parts.join(', ');
}

function reservedText(reserved: readonly (readonly number[] | string)[]): string {
  return reserved.length === 0 ? '' : `reserved ${JSON.stringify(reserved)}`;
}

/** One sentence for each fact that the two do not share. */
export function differences(expected: Facts, found: Facts): string[] {
  const sentences: string[] = [];
  for (const [fact, value] of expected) {
    const other = found.get(fact);
    if (other === undefined) sentences.push(`${fact} is missing`);
    else if (other !== value) sentences.push(`${fact} is "${other}" and must be "${value}"`);
  }
  for (const fact of found.keys()) if (!expected.has(fact)) sentences.push(`${fact} is not part of the API`);
  return sentences;
}
