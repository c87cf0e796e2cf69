import * as protoLoader from '@grpc/proto-loader';
import { Failed } from '../lib/failed.ts';
import { boundedMethod, type BoundedMethod } from './bounded-method.ts';
import { MessageLayouts, type MessageDescriptor } from './message-layout.ts';
import type { MethodPath, MethodReply, MethodRequest } from './method-types.ts';

/**
 * The files of proto/ to load; what they import comes along. A fixed list and not the folder's content, because the
 * folder lies inside the asar of the packaged app. A test compares it with the folder.
 */
const ENTRY_FILES: readonly string[] = [
  'auth/auth.proto',
  'cluster/cluster.proto',
  'inspect/inspect.proto',
  'machine/debug.proto',
  'machine/image.proto',
  'machine/lifecycle.proto',
  'machine/lvm.proto',
  'machine/machine.proto',
  'machine/md.proto',
  'machine/storage.proto',
  'storage/storage.proto',
  'time/time.proto',
  'v1alpha1/meta.proto',
  'v1alpha1/state.proto',
];

/** Etcd ids need all 64 bits, so long numbers are strings; unknown enum numbers survive as numbers. */
const OPTIONS: protoLoader.Options = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true };

/** A method whose message types are not known to the compiler, as the simulator needs it. */
export type AnyMethod = BoundedMethod<object, object>;

/** One gRPC service of proto/. */
export interface LoadedService {
  /** With its package: `machine.MachineService`. */
  readonly name: string;
  readonly methods: readonly AnyMethod[];
}

/** proto/ as the running app uses it. No reply can be decoded without being weighed first. */
export interface LoadedProto {
  readonly services: readonly LoadedService[];
  /** The method with its message types; every {@link MethodPath} exists. */
  method<P extends MethodPath>(path: P): BoundedMethod<MethodRequest<P>, MethodReply<P>>;
  /** The method of a path that came from outside, or undefined. */
  findMethod(path: string): AnyMethod | undefined;
}

/**
 * Reads the .proto files below `protoDir` (the repository's proto/, or proto/ inside the packaged app). Blocks for about
 * 60 ms: call it once, when the first method is needed. Throws Failed `internal` when files are missing or broken.
 */
export function loadTalosProto(protoDir: string): LoadedProto {
  const services = readPackages(protoDir);
  const methods = new Map(
    services.flatMap((service) => service.methods.map((method) => [method.path, method] as const)),
  );
  return {
    services,
    findMethod: (path) => methods.get(path),
    method<P extends MethodPath>(path: P): BoundedMethod<MethodRequest<P>, MethodReply<P>> {
      const method = methods.get(path);
      if (method === undefined) throw new Failed({ code: 'internal', message: `proto/ has no method ${path}.` });
      // The types are generated from the same files; a test fails when they are stale.
      return method as unknown as BoundedMethod<MethodRequest<P>, MethodReply<P>>;
    },
  };
}

function readPackages(protoDir: string): readonly LoadedService[] {
  let definitions: protoLoader.PackageDefinition;
  try {
    definitions = protoLoader.loadSync([...ENTRY_FILES], { ...OPTIONS, includeDirs: [protoDir] });
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error);
    throw new Failed({ code: 'internal', message: 'The description of the Talos API cannot be read.', details }, error);
  }
  const layouts = new MessageLayouts(messagesOf(definitions));
  const services: LoadedService[] = [];
  for (const [name, definition] of Object.entries(definitions)) {
    if (!isService(definition)) continue;
    services.push({ name, methods: Object.values(definition).map((method) => boundedMethod(method, layouts)) });
  }
  return services;
}

function messagesOf(definitions: protoLoader.PackageDefinition): ReadonlyMap<string, MessageDescriptor> {
  const messages = new Map<string, MessageDescriptor>();
  for (const [name, definition] of Object.entries(definitions)) {
    if (!isService(definition) && 'serialize' in definition) {
      addWithNested(messages, name, definition.type as MessageDescriptor);
    }
  }
  return messages;
}

/** proto-loader lists no message that stands inside another one; those may share a name with one outside. */
function addWithNested(messages: Map<string, MessageDescriptor>, name: string, descriptor: MessageDescriptor): void {
  messages.set(name, descriptor);
  for (const nested of descriptor.nestedType) {
    if (nested.options?.mapEntry !== true) addWithNested(messages, `${name}.${nested.name}`, nested);
  }
}

/** Messages and enums carry a `format`; a service is a bare table of methods. */
function isService(definition: protoLoader.AnyDefinition): definition is protoLoader.ServiceDefinition {
  return !('format' in definition);
}
