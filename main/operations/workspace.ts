import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { LoadedProto } from '../talos/load-proto.ts';
import { Connections } from './connections.ts';
import type { Demo, StartDemo } from './demo.ts';
import { ContextNodes } from './nodes.ts';
import { TalosconfigSession } from './talosconfig-session.ts';
import type { TalosconfigChoice } from '../../preload/contract/index.ts';

export interface WorkspaceOptions {
  readonly choose: () => TalosconfigChoice;
  readonly proto: () => LoadedProto;
  readonly startDemo: StartDemo;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** Everything the app works on: the talosconfig, the connections of its contexts, their nodes, and the demo. */
export class Workspace {
  readonly talosconfig: TalosconfigSession;
  readonly connections: Connections;
  readonly #options: WorkspaceOptions;
  readonly #nodes = new Map<string, ContextNodes>();
  readonly #stopFollowing: () => void;
  #demo: Promise<Demo> | undefined;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    const { clock, random, proto, log } = options;
    this.talosconfig = new TalosconfigSession({ choose: options.choose, clock, log });
    const context = (name: string) => this.talosconfig.context(name);
    this.connections = new Connections({ context, proto, clock, random });
    this.#stopFollowing = this.talosconfig.state.subscribe(() => {
      this.connections.refresh();
    });
  }

  get isDemo(): boolean {
    return this.#demo !== undefined;
  }

  /** The machines of a context. */
  nodes(name: string): ContextNodes {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const configured = this.talosconfig.context(name).raw.nodes;
    const nodes = new ContextNodes(name, configured, () => this.connections.of(name), this.#options.clock);
    this.#nodes.set(name, nodes);
    return nodes;
  }

  /** Starts the demo cluster, once, and works on its talosconfig from then on. */
  async openDemo(): Promise<void> {
    this.#demo ??= this.#options.startDemo();
    const { choice } = await this.#demo;
    await this.talosconfig.open(() => choice);
  }

  /** Ends everything: watches, discovery, channels, the demo. */
  async close(): Promise<void> {
    this.#stopFollowing();
    this.talosconfig.close();
    for (const nodes of this.#nodes.values()) nodes.close();
    await this.connections.close();
    await (await this.#demo?.catch(() => undefined))?.close();
  }
}
