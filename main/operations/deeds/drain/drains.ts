import { randomUUID } from 'node:crypto';
import { drainNode, type DrainConsent, type DrainResult } from '../../../kubernetes/drain/drain-node.ts';
import { forecastDrain, type DrainForecast } from '../../../kubernetes/drain/forecast.ts';
import { releaseNode, type ReleaseResult } from '../../../kubernetes/drain/release-node.ts';
import { RenewedCalls } from '../../../kubernetes/renewed-calls.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import { openKubernetes, type KubernetesWay } from '../../kubernetes/open-kubernetes.ts';
import type { Machine } from '../../plans/machine.ts';
import { bootIdOf, kubernetesNameOf } from './machine-names.ts';
import { DrainProgress } from './drain-progress.ts';

/** How a deed comes to the Kubernetes of its cluster. */
export interface DrainWay extends Omit<KubernetesWay, 'connection' | 'endpoint' | 'now'> {
  /** The cluster, as it is called now. Throws Failed when it went away. */
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly agreed: Set<string>;
}

/** How the machines of a deed are drained. */
export interface DrainChoice {
  /** talosctl: 5 minutes. */
  readonly timeoutMs: number;
  readonly consent: DrainConsent;
}

/** What work that is watched is done with. */
export interface Watched {
  readonly signal: AbortSignal;
  /** Gets sentences; only the newest is shown. */
  readonly tell: (text: string) => void;
}

const PURPOSE = { what: 'this plan', does: 'cordons nodes, evicts their pods and lets them take pods again' };

/**
 * The Kubernetes part of one deed: what draining its machines would do, draining them, and releasing what it cordoned. The
 * certificate is issued for it when it is first needed, anew when it is not taken any more (never by a machine that is being
 * worked on), and held in memory until `close`.
 */
export class Drains {
  /** What its nodes are marked with. */
  readonly id = randomUUID();
  readonly #way: DrainWay;
  readonly #calls: RenewedCalls;
  /** Machines that are worked on, by their nodes, with their names in Kubernetes. */
  readonly #worked = new Map<string, string>();

  constructor(way: DrainWay) {
    this.#way = way;
    this.#calls = new RenewedCalls((signal) => openKubernetes(this.#asNow(), PURPOSE, signal));
  }

  /** What draining a machine would do, from how it is now. Throws Failed: what calls to Talos and Kubernetes throw. */
  async forecast(machine: Machine, signal: AbortSignal): Promise<DrainForecast> {
    const node = await this.#nameOf(machine, signal);
    return forecastDrain(this.#calls, node, signal);
  }

  /** Drains a machine, see {@link drainNode}. After a pause it may be called again. */
  async drain(machine: Machine, choice: DrainChoice, { signal, tell }: Watched): Promise<DrainResult> {
    const node = this.#worked.get(machine.node) ?? (await this.#nameOf(machine, signal));
    this.#worked.set(machine.node, node);
    const progress = new DrainProgress(node);
    const { clock } = this.#way;
    const tools = {
      calls: this.#calls,
      clock,
      tell: (event: Parameters<DrainProgress['words']>[0]) => tell(progress.words(event)),
      signal,
    };
    return drainNode(node, { deed: this.id, ...choice }, tools);
  }

  /**
   * Lets Kubernetes put pods on a machine again that was drained here, once it is ready since its newest boot; undefined for
   * one that was not. See {@link releaseNode}.
   */
  async release(
    machine: Machine,
    { readyWithinMs }: { readonly readyWithinMs: number },
    { signal, tell }: Watched,
  ): Promise<ReleaseResult | undefined> {
    const node = this.#worked.get(machine.node);
    if (node === undefined) return undefined;
    const bootNow = (until: AbortSignal): Promise<string | undefined> =>
      bootIdOf(this.#way.caller(), machine, until).catch(() => undefined);
    tell(`Waits until Kubernetes calls ${node} ready.`);
    const trouble = (event: Parameters<DrainProgress['words']>[0]): void => {
      if (event.kind === 'trouble') tell(event.why);
    };
    const tools = { calls: this.#calls, clock: this.#way.clock, tell: trouble, signal };
    const result = await releaseNode(node, { deed: this.id, readyWithinMs, bootNow }, tools);
    this.#worked.delete(machine.node);
    return result;
  }

  /** Ends the connection and forgets the certificate. */
  close(): void {
    this.#calls.close();
  }

  #asNow(): KubernetesWay {
    const { caller, clock, nodes, ...way } = this.#way;
    const others = () => ({ nodes: nodes().nodes.filter(({ target }) => !this.#worked.has(target)) });
    return { ...way, connection: caller(), nodes: others, endpoint: undefined, now: clock.now };
  }

  async #nameOf(machine: Machine, signal: AbortSignal): Promise<string> {
    const caller = this.#way.caller();
    const name = await kubernetesNameOf(caller, machine, signal).catch((error: unknown): never => {
      signal.throwIfAborted();
      throw new Failed(caller.explain(error, { node: machine.node }), error);
    });
    if (name !== undefined) return name;
    const message = `${machine.name} does not say what it is called in Kubernetes, so it cannot be drained.`;
    throw new Failed({ code: 'precondition', message, where: { node: machine.node } });
  }
}
