import type { LensSourceWish } from '../../../preload/contract/index.ts';
import type { Caller } from '../clusters/caller.ts';
import type { SentEvent } from './event-payload.ts';

/** What a source brings at a time. */
type Brought = { readonly bytes: Uint8Array } | { readonly events: readonly SentEvent[] };

/** One stream of one source. */
export interface SourceCall {
  readonly follow: boolean;
  /** Lines of before; -1 for all. */
  readonly tail: number;
  /** Events after this one. */
  readonly afterEvent?: string | undefined;
  /** Of a container, its whole id where that is known. */
  readonly containerId?: string | undefined;
  readonly signal: AbortSignal;
  readonly avoid: readonly string[];
  /** What came is not taken at the moment: there is no hurry. */
  readonly isLeft: () => boolean;
  readonly onEndpoint: (endpoint: string) => void;
}

/**
 * Opens the stream of a source; `talosctl logs`, `dmesg` and `events` ask the same. It ends with the connection it runs over:
 * whoever follows asks again and puts the ends together.
 */
export async function* openSource(caller: Caller, wish: LensSourceWish, call: SourceCall): AsyncGenerator<Brought> {
  const { follow, tail, signal, avoid, onEndpoint } = call;
  const deadlineMs = follow || wish.kind === 'events' ? Infinity : READ_DEADLINE_MS;
  const options = {
    node: wish.node,
    deadlineMs,
    signal,
    avoid,
    onEndpoint,
    gatherMs: () => (call.isLeft() ? GATHER_LEFT_MS : GATHER_MS),
  };
  switch (wish.kind) {
    case 'service':
    case 'container': {
      const place =
        wish.kind === 'service'
          ? ({ namespace: 'system', driver: 'CONTAINERD', id: wish.id } as const)
          : ({ namespace: 'k8s.io', driver: 'CRI', id: call.containerId ?? wish.id } as const);
      const request = { ...place, follow, tail_lines: tail };
      for await (const parts of caller.gatheredStream('/machine.MachineService/Logs', request, options))
        yield { bytes: joined(parts) };
      return;
    }
    case 'kernel': {
      const request = { follow, tail: tail === 0 };
      for await (const parts of caller.gatheredStream('/machine.MachineService/Dmesg', request, options))
        yield { bytes: joined(parts) };
      return;
    }
    case 'events': {
      const request = {
        with_actor_id: wish.actorId ?? '',
        ...(call.afterEvent !== undefined
          ? { tail_id: call.afterEvent }
          : { tail_id: wish.sinceId ?? '', tail_seconds: wish.seconds ?? 0, tail_events: tail }),
      };
      for await (const events of caller.gatheredStream('/machine.MachineService/Events', request, options))
        yield { events };
    }
  }
}

/** A log that is read and not followed. */
const READ_DEADLINE_MS = 10 * 60_000;

/** A node sends a kibibyte a message: what comes within a frame of the page is taken together. */
const GATHER_MS = 16;
/** The same while nobody takes it; shorter than the second after which a quiet node is asked whether it is there. */
const GATHER_LEFT_MS = 500;

function joined(parts: readonly { readonly bytes: Buffer }[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only ? only.bytes : Buffer.concat(parts.map(({ bytes }) => bytes));
}
