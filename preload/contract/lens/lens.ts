import type { Failure } from '../failure.ts';

/** Sources that one stream `lens` takes. */
export const MOST_LENS_SOURCES = 500;

/**
 * What a lens follows on one node. `id` of a `container` is `namespace/pod:container` as `containers -k` shows it; the part
 * after a second colon, which changes with each start, is left out. A `service` is any id of the service log, `kubelet` included.
 */
export type LensSourceWish =
  | { readonly kind: 'service'; readonly node: string; readonly id: string }
  | { readonly kind: 'container'; readonly node: string; readonly id: string }
  | { readonly kind: 'kernel'; readonly node: string }
  | {
      readonly kind: 'events';
      readonly node: string;
      /** Only events of this action. */
      readonly actorId?: string | undefined;
      /** Only events after the one with this id. */
      readonly sinceId?: string | undefined;
      /** Only events of the last so many seconds, and new ones. */
      readonly seconds?: number | undefined;
    };

/** What an event says, whichever payload it has; see docs/talos-behaviour.md §6.2. */
export interface LensEvent {
  /** Sorts by time. */
  readonly id: string;
  /** Empty when nobody asked for it. */
  readonly actor: string;
  readonly kind:
    | 'sequence'
    | 'phase'
    | 'task'
    | 'service'
    | 'config-load-error'
    | 'config-validation-error'
    | 'address'
    | 'machine-status'
    | 'restart'
    /** A payload of a newer Talos: `message` names its type. */
    | 'unknown';
  /** Of a sequence, phase or task, its name; of a service, its id; of a machine status, its stage; of an address, the hostname. */
  readonly subject: string;
  /** `START`, `STOP`, `NOOP`; of a service its state, such as `RUNNING`. Otherwise empty. */
  readonly action: string;
  readonly message: string;
  /** It tells of an error. */
  readonly isError: boolean;
}

/** How the stream of one source is. `sinceMs` is the first moment the state is known of, epoch ms. */
export type LensSourceState =
  /** Asked for, nothing came yet. */
  | { readonly state: 'connecting'; readonly sinceMs: number }
  /** The stream is open and the node proves to be there, however quiet it is. */
  | { readonly state: 'open'; readonly sinceMs: number; readonly endpoint: string }
  /** Nothing proves that the node is there: what it writes may come later, or not at all. It is tried again. */
  | { readonly state: 'silent'; readonly sinceMs: number; readonly failure: Failure }
  /** The container is not there; it is looked for again and again. */
  | { readonly state: 'away'; readonly sinceMs: number; readonly failure: Failure }
  /** All that was asked for has come. */
  | { readonly state: 'ended'; readonly sinceMs: number }
  /** It will not come back by itself. */
  | { readonly state: 'failed'; readonly sinceMs: number; readonly failure: Failure };

/** Why a source broke and what that means for its lines. */
export interface LensGap {
  /** Endpoints; `from` and `to` are the same when only the node was away. */
  readonly from: string;
  readonly to: string;
  /** How long nothing could come, ms. */
  readonly gapMs: number;
  /**
   * `nothing`: it went on exactly where it had stopped. `unknown`: lines between may be missing. `restarted`: what follows is of
   * a new start of the container or the machine; older lines that had not come are gone.
   */
  readonly missing: 'nothing' | 'unknown' | 'restarted';
  /** Of a container that came back: its new id. */
  readonly containerId?: string;
}

/** Items of stream `lens`. `source` is the place of a source in the list the stream was opened with, from 0. */
export type LensItem =
  /** The first item. `id` names the stream for `lens.leave`. */
  | { readonly type: 'opened'; readonly id: string }
  | ({ readonly type: 'state'; readonly source: number } & LensSourceState)
  /**
   * Whole lines of one source, `\n` between them and none after the last. At most 64 Ki characters, each line at most 16,384:
   * the numbers (from 0) of those that were cut there are in `cut`. Not yet neutralised: control codes are in it.
   */
  | {
      readonly type: 'lines';
      readonly source: number;
      readonly text: string;
      readonly count: number;
      readonly cut?: readonly number[];
      /** When main got the first of them, epoch ms. */
      readonly atMs: number;
    }
  | { readonly type: 'events'; readonly source: number; readonly events: readonly LensEvent[]; readonly atMs: number }
  | ({ readonly type: 'gap'; readonly source: number; readonly atMs: number } & LensGap)
  /** So many lines of this source are missing here: they came faster than they were taken. */
  | { readonly type: 'dropped'; readonly source: number; readonly count: number; readonly atMs: number };

/** A container of a pod on a node, as a lens can follow it. */
export interface LensContainer {
  /** `namespace/pod:container`. */
  readonly id: string;
  readonly namespace: string;
  readonly pod: string;
  readonly name: string;
  readonly status: string;
}

/** What can be followed on one node; kernel log and events always can. */
export interface LensNodeSources {
  readonly node: string;
  /** Ids of the service log: services, containers of Talos and logs of its parts. */
  readonly services: readonly string[];
  readonly containers: readonly LensContainer[];
  /** Why (some of) it is not known. */
  readonly failure?: Failure;
}

/** How lines are written into a file: as they are shown, or as one JSON object a line. */
export const LENS_EXPORT_FORMATS = ['text', 'ndjson'] as const;

/** See {@link LENS_EXPORT_FORMATS}. */
export type LensExportFormat = (typeof LENS_EXPORT_FORMATS)[number];

/** Items of stream `lensExport`, which lives as long as the file is written; closing it before `saved` leaves no file. */
export type LensExportItem =
  /** The user closed the dialog; the last item then. */
  | { readonly type: 'cancelled' }
  /** Text is taken now: `lens.write` with this id. */
  | { readonly type: 'chosen'; readonly id: string; readonly name: string }
  | { readonly type: 'written'; readonly bytes: number }
  | { readonly type: 'saved'; readonly name: string; readonly bytes: number };
