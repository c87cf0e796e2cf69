import type { MethodDefinition } from '@grpc/proto-loader';
import type { Services } from './generated/services.ts';

/** Full name of a service of proto/: `machine.MachineService`. */
export type ServiceName = keyof Services;

type PathOf<S extends ServiceName> = `/${S}/${keyof Services[S] & string}`;

/** Full path of a method of proto/: `/machine.MachineService/Version`. */
export type MethodPath = { [S in ServiceName]: PathOf<S> }[ServiceName];

type DefinitionOf<P extends MethodPath> = P extends `/${infer S extends ServiceName}/${infer M}`
  ? M extends keyof Services[S]
    ? Services[S][M]
    : never
  : never;

/** What a caller of the method sends; every field may be left out. */
export type MethodRequest<P extends MethodPath> =
  DefinitionOf<P> extends MethodDefinition<infer Request, infer _R, infer _Q, infer _S> ? Request : never;

/** What a caller of the method receives; plain fields are always there. */
export type MethodReply<P extends MethodPath> =
  DefinitionOf<P> extends MethodDefinition<infer _Q, infer _R, infer _P, infer Reply> ? Reply : never;

/** What a server of the method receives. */
export type ServedRequest<P extends MethodPath> =
  DefinitionOf<P> extends MethodDefinition<infer _Q, infer _R, infer Request, infer _S> ? Request : never;

/** What a server of the method may answer; every field may be left out. */
export type ServedReply<P extends MethodPath> =
  DefinitionOf<P> extends MethodDefinition<infer _Q, infer Reply, infer _P, infer _S> ? Reply : never;
