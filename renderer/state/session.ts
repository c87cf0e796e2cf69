import type { Bridge } from '../../preload/contract/index.ts';
import { createClient } from '../lib/bridge.ts';
import { Answer } from './answer.svelte.ts';
import type { Session } from './context.ts';
import { Changes } from './changes.svelte.ts';
import { Current } from './current.svelte.ts';
import { Imports } from './imports.svelte.ts';
import { KubeconfigFlow } from './kubeconfig-flow.svelte.ts';
import { NodeChoice } from './node-choice.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Now } from './now.svelte.ts';
import { Preferences, type Shelf } from './preferences.svelte.ts';
import { Runs } from './runs.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { ShownScreen } from './shown-screen.svelte.ts';
import { Topics } from './topics.ts';
import { View } from './view.svelte.ts';

/** What a session is made of; the defaults are the real ones. */
export interface SessionOptions {
  readonly bridge: Bridge;
  readonly shelf?: Shelf | undefined;
  readonly now?: () => number;
  /** Loads the page anew. */
  readonly reload?: () => void;
}

/** Builds the state of one window. Only constructors; behaviour lives in the parts. */
export function createSession({
  bridge,
  shelf,
  now = () => Date.now(),
  reload = () => location.reload(),
}: SessionOptions): Session {
  const client = createClient(bridge);
  const topics = new Topics(client);
  const notices = new Notices();
  const changes = new Changes(client, notices);
  const current = new Current(topics);
  // Of the context in front of the user: another one's nodes are never asked for by it.
  const nodeSelection = new Selection(() => current.id ?? '');
  const preferences = new Preferences(shelf);
  const kubeconfig = new KubeconfigFlow(client, changes, topics.kubeconfig);
  return {
    client,
    topics,
    current,
    runs: new Runs({ client, now }),
    preferences,
    now: new Now(now),
    notices,
    imports: new Imports(client, notices, (open) => void kubeconfig.open(open)),
    changes,
    kubeconfig,
    view: new View(preferences),
    screen: new ShownScreen(),
    nodeSelection,
    nodeChoice: new NodeChoice(client, nodeSelection),
    commands: new Answer(() => client.call('commands.list', {})),
    reload,
    app: new Answer(() => client.call('app.info', {})),
  };
}
