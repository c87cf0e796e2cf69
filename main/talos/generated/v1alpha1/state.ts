// Generated, one piece: types of v1alpha1/state.proto, all in one file as they are declared there.

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  IDQuery as _cosi_resource_IDQuery,
  IDQuery__Output as _cosi_resource_IDQuery__Output,
  LabelQuery as _cosi_resource_LabelQuery,
  LabelQuery__Output as _cosi_resource_LabelQuery__Output,
  Resource as _cosi_resource_Resource,
  Resource__Output as _cosi_resource_Resource__Output,
} from './resource.ts';

export interface CreateOptions {
  'owner'?: (string);
}

export interface CreateOptions__Output {
  'owner': (string);
}

export interface CreateRequest {
  'resource'?: (_cosi_resource_Resource | null);
  'options'?: (CreateOptions | null);
}

export interface CreateRequest__Output {
  'resource': (_cosi_resource_Resource__Output | null);
  'options': (CreateOptions__Output | null);
}

export interface CreateResponse {
  'resource'?: (_cosi_resource_Resource | null);
}

export interface CreateResponse__Output {
  'resource': (_cosi_resource_Resource__Output | null);
}

export interface DestroyOptions {
  'owner'?: (string);
}

export interface DestroyOptions__Output {
  'owner': (string);
}

export interface DestroyRequest {
  'namespace'?: (string);
  'type'?: (string);
  'id'?: (string);
  'options'?: (DestroyOptions | null);
}

export interface DestroyRequest__Output {
  'namespace': (string);
  'type': (string);
  'id': (string);
  'options': (DestroyOptions__Output | null);
}

export interface DestroyResponse {
}

export interface DestroyResponse__Output {
}

/**
 * One change.
 */
export interface Event {
  'resource'?: (_cosi_resource_Resource | null);
  'event_type'?: (EventType);
  /**
   * What it was before an update.
   */
  'old'?: (_cosi_resource_Resource | null);
  /**
   * With ERRORED: why the watch cannot go on.
   */
  'error'?: (string);
  /**
   * Where to start again after a broken connection.
   */
  'bookmark'?: (Buffer | Uint8Array | string);
  '_error'?: "error";
  '_bookmark'?: "bookmark";
}

/**
 * One change.
 */
export interface Event__Output {
  'resource': (_cosi_resource_Resource__Output | null);
  'event_type': (EventType__Output);
  /**
   * What it was before an update.
   */
  'old': (_cosi_resource_Resource__Output | null);
  /**
   * With ERRORED: why the watch cannot go on.
   */
  'error'?: (string);
  /**
   * Where to start again after a broken connection.
   */
  'bookmark'?: (Buffer);
  '_error'?: "error";
  '_bookmark'?: "bookmark";
}

/**
 * BOOTSTRAPPED marks the end of what existed before the watch began.
 */
export const EventType = {
  CREATED: 'CREATED',
  UPDATED: 'UPDATED',
  DESTROYED: 'DESTROYED',
  BOOTSTRAPPED: 'BOOTSTRAPPED',
  ERRORED: 'ERRORED',
  NOOP: 'NOOP',
} as const;

/**
 * BOOTSTRAPPED marks the end of what existed before the watch began.
 */
export type EventType =
  | 'CREATED'
  | 0
  | 'UPDATED'
  | 1
  | 'DESTROYED'
  | 2
  | 'BOOTSTRAPPED'
  | 3
  | 'ERRORED'
  | 4
  | 'NOOP'
  | 5

/**
 * BOOTSTRAPPED marks the end of what existed before the watch began.
 */
export type EventType__Output = typeof EventType[keyof typeof EventType]

export interface GetOptions {
}

export interface GetOptions__Output {
}

export interface GetRequest {
  'namespace'?: (string);
  'type'?: (string);
  'id'?: (string);
  'options'?: (GetOptions | null);
}

export interface GetRequest__Output {
  'namespace': (string);
  'type': (string);
  'id': (string);
  'options': (GetOptions__Output | null);
}

export interface GetResponse {
  'resource'?: (_cosi_resource_Resource | null);
}

export interface GetResponse__Output {
  'resource': (_cosi_resource_Resource__Output | null);
}

export interface ListOptions {
  'label_query'?: (_cosi_resource_LabelQuery)[];
  'id_query'?: (_cosi_resource_IDQuery | null);
}

export interface ListOptions__Output {
  'label_query': (_cosi_resource_LabelQuery__Output)[];
  'id_query': (_cosi_resource_IDQuery__Output | null);
}

export interface ListRequest {
  'namespace'?: (string);
  'type'?: (string);
  'options'?: (ListOptions | null);
}

export interface ListRequest__Output {
  'namespace': (string);
  'type': (string);
  'options': (ListOptions__Output | null);
}

export interface ListResponse {
  'resource'?: (_cosi_resource_Resource | null);
}

export interface ListResponse__Output {
  'resource': (_cosi_resource_Resource__Output | null);
}

/**
 * Reads and watches resources. One node for each call.
 */
export interface StateClient extends grpc.Client {
  /**
   * Refused by nodes, as are all below.
   */
  Create(argument: CreateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  Create(argument: CreateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  Create(argument: CreateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  Create(argument: CreateRequest, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Refused by nodes, as are all below.
   */
  create(argument: CreateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  create(argument: CreateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  create(argument: CreateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  create(argument: CreateRequest, callback: grpc.requestCallback<CreateResponse__Output>): grpc.ClientUnaryCall;
  
  Destroy(argument: DestroyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  Destroy(argument: DestroyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  Destroy(argument: DestroyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  Destroy(argument: DestroyRequest, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  destroy(argument: DestroyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  destroy(argument: DestroyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  destroy(argument: DestroyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  destroy(argument: DestroyRequest, callback: grpc.requestCallback<DestroyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * One resource; NotFound when it is not there.
   */
  Get(argument: GetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  Get(argument: GetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  Get(argument: GetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  Get(argument: GetRequest, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  /**
   * One resource; NotFound when it is not there.
   */
  get(argument: GetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  get(argument: GetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  get(argument: GetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  get(argument: GetRequest, callback: grpc.requestCallback<GetResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * One message for each resource of a type in a namespace.
   */
  List(argument: ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ListResponse__Output>;
  List(argument: ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ListResponse__Output>;
  /**
   * One message for each resource of a type in a namespace.
   */
  list(argument: ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<ListResponse__Output>;
  list(argument: ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<ListResponse__Output>;
  
  Teardown(argument: TeardownRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  Teardown(argument: TeardownRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  Teardown(argument: TeardownRequest, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  Teardown(argument: TeardownRequest, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  teardown(argument: TeardownRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  teardown(argument: TeardownRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  teardown(argument: TeardownRequest, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  teardown(argument: TeardownRequest, callback: grpc.requestCallback<TeardownResponse__Output>): grpc.ClientUnaryCall;
  
  TeardownAndDestroy(argument: TeardownAndDestroyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  TeardownAndDestroy(argument: TeardownAndDestroyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  TeardownAndDestroy(argument: TeardownAndDestroyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  TeardownAndDestroy(argument: TeardownAndDestroyRequest, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  teardownAndDestroy(argument: TeardownAndDestroyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  teardownAndDestroy(argument: TeardownAndDestroyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  teardownAndDestroy(argument: TeardownAndDestroyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  teardownAndDestroy(argument: TeardownAndDestroyRequest, callback: grpc.requestCallback<TeardownAndDestroyResponse__Output>): grpc.ClientUnaryCall;
  
  Update(argument: UpdateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  Update(argument: UpdateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  Update(argument: UpdateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  Update(argument: UpdateRequest, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  update(argument: UpdateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  update(argument: UpdateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  update(argument: UpdateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  update(argument: UpdateRequest, callback: grpc.requestCallback<UpdateResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * First an empty message: the watch stands. Then changes, for as long as the call lives.
   */
  Watch(argument: WatchRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<WatchResponse__Output>;
  Watch(argument: WatchRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<WatchResponse__Output>;
  /**
   * First an empty message: the watch stands. Then changes, for as long as the call lives.
   */
  watch(argument: WatchRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<WatchResponse__Output>;
  watch(argument: WatchRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<WatchResponse__Output>;
  
}

/**
 * Reads and watches resources. One node for each call.
 */
export interface StateHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Refused by nodes, as are all below.
   */
  Create: grpc.handleUnaryCall<CreateRequest__Output, CreateResponse>;
  
  Destroy: grpc.handleUnaryCall<DestroyRequest__Output, DestroyResponse>;
  
  /**
   * One resource; NotFound when it is not there.
   */
  Get: grpc.handleUnaryCall<GetRequest__Output, GetResponse>;
  
  /**
   * One message for each resource of a type in a namespace.
   */
  List: grpc.handleServerStreamingCall<ListRequest__Output, ListResponse>;
  
  Teardown: grpc.handleUnaryCall<TeardownRequest__Output, TeardownResponse>;
  
  TeardownAndDestroy: grpc.handleUnaryCall<TeardownAndDestroyRequest__Output, TeardownAndDestroyResponse>;
  
  Update: grpc.handleUnaryCall<UpdateRequest__Output, UpdateResponse>;
  
  /**
   * First an empty message: the watch stands. Then changes, for as long as the call lives.
   */
  Watch: grpc.handleServerStreamingCall<WatchRequest__Output, WatchResponse>;
  
}

export interface StateDefinition extends grpc.ServiceDefinition {
  Create: MethodDefinition<CreateRequest, CreateResponse, CreateRequest__Output, CreateResponse__Output>
  Destroy: MethodDefinition<DestroyRequest, DestroyResponse, DestroyRequest__Output, DestroyResponse__Output>
  Get: MethodDefinition<GetRequest, GetResponse, GetRequest__Output, GetResponse__Output>
  List: MethodDefinition<ListRequest, ListResponse, ListRequest__Output, ListResponse__Output>
  Teardown: MethodDefinition<TeardownRequest, TeardownResponse, TeardownRequest__Output, TeardownResponse__Output>
  TeardownAndDestroy: MethodDefinition<TeardownAndDestroyRequest, TeardownAndDestroyResponse, TeardownAndDestroyRequest__Output, TeardownAndDestroyResponse__Output>
  Update: MethodDefinition<UpdateRequest, UpdateResponse, UpdateRequest__Output, UpdateResponse__Output>
  Watch: MethodDefinition<WatchRequest, WatchResponse, WatchRequest__Output, WatchResponse__Output>
}

export interface TeardownAndDestroyOptions {
  'owner'?: (string);
}

export interface TeardownAndDestroyOptions__Output {
  'owner': (string);
}

export interface TeardownAndDestroyRequest {
  'namespace'?: (string);
  'type'?: (string);
  'id'?: (string);
  'options'?: (TeardownAndDestroyOptions | null);
}

export interface TeardownAndDestroyRequest__Output {
  'namespace': (string);
  'type': (string);
  'id': (string);
  'options': (TeardownAndDestroyOptions__Output | null);
}

export interface TeardownAndDestroyResponse {
}

export interface TeardownAndDestroyResponse__Output {
}

export interface TeardownOptions {
  'owner'?: (string);
}

export interface TeardownOptions__Output {
  'owner': (string);
}

export interface TeardownRequest {
  'namespace'?: (string);
  'type'?: (string);
  'id'?: (string);
  'options'?: (TeardownOptions | null);
}

export interface TeardownRequest__Output {
  'namespace': (string);
  'type': (string);
  'id': (string);
  'options': (TeardownOptions__Output | null);
}

export interface TeardownResponse {
  'destroy_ready'?: (boolean);
}

export interface TeardownResponse__Output {
  'destroy_ready': (boolean);
}

export interface UpdateOptions {
  'owner'?: (string);
  'expected_phase'?: (string);
  '_expected_phase'?: "expected_phase";
}

export interface UpdateOptions__Output {
  'owner': (string);
  'expected_phase'?: (string);
  '_expected_phase'?: "expected_phase";
}

export interface UpdateRequest {
  'new_resource'?: (_cosi_resource_Resource | null);
  'options'?: (UpdateOptions | null);
}

export interface UpdateRequest__Output {
  'new_resource': (_cosi_resource_Resource__Output | null);
  'options': (UpdateOptions__Output | null);
}

export interface UpdateResponse {
  'resource'?: (_cosi_resource_Resource | null);
}

export interface UpdateResponse__Output {
  'resource': (_cosi_resource_Resource__Output | null);
}

export interface WatchOptions {
  /**
   * Tell first about what exists.
   */
  'bootstrap_contents'?: (boolean);
  'tail_events'?: (number);
  'label_query'?: (_cosi_resource_LabelQuery)[];
  'id_query'?: (_cosi_resource_IDQuery | null);
  /**
   * Several events in one message.
   */
  'aggregated'?: (boolean);
  'start_from_bookmark'?: (Buffer | Uint8Array | string);
  'bootstrap_bookmark'?: (boolean);
  '_start_from_bookmark'?: "start_from_bookmark";
}

export interface WatchOptions__Output {
  /**
   * Tell first about what exists.
   */
  'bootstrap_contents': (boolean);
  'tail_events': (number);
  'label_query': (_cosi_resource_LabelQuery__Output)[];
  'id_query': (_cosi_resource_IDQuery__Output | null);
  /**
   * Several events in one message.
   */
  'aggregated': (boolean);
  'start_from_bookmark'?: (Buffer);
  'bootstrap_bookmark': (boolean);
  '_start_from_bookmark'?: "start_from_bookmark";
}

export interface WatchRequest {
  'namespace'?: (string);
  'type'?: (string);
  /**
   * Without it: all resources of the type.
   */
  'id'?: (string);
  'options'?: (WatchOptions | null);
  /**
   * 1.
   */
  'api_version'?: (number);
  '_id'?: "id";
}

export interface WatchRequest__Output {
  'namespace': (string);
  'type': (string);
  /**
   * Without it: all resources of the type.
   */
  'id'?: (string);
  'options': (WatchOptions__Output | null);
  /**
   * 1.
   */
  'api_version': (number);
  '_id'?: "id";
}

/**
 * Empty as the first message.
 */
export interface WatchResponse {
  'event'?: (Event)[];
}

/**
 * Empty as the first message.
 */
export interface WatchResponse__Output {
  'event': (Event__Output)[];
}
