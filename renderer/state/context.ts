import { createContext } from 'svelte';
import type { AppInfo, CommandSummary } from '../../preload/contract/index.ts';
import type { Client } from '../lib/bridge.ts';
import type { Answer } from './answer.svelte.ts';
import type { Changes } from './changes.svelte.ts';
import type { Current } from './current.svelte.ts';
import type { Imports } from './imports.svelte.ts';
import type { KubeconfigFlow } from './kubeconfig-flow.svelte.ts';
import type { NodeChoice } from './node-choice.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import type { Now } from './now.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { Runs } from './runs.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import type { ShownScreen } from './shown-screen.svelte.ts';
import type { Topics } from './topics.ts';
import type { View } from './view.svelte.ts';

/** Everything the screens share. One per window; tests make their own. */
export interface Session {
  readonly client: Client;
  readonly topics: Topics;
  readonly current: Current;
  readonly runs: Runs;
  readonly preferences: Preferences;
  readonly now: Now;
  readonly notices: Notices;
  readonly imports: Imports;
  readonly changes: Changes;
  readonly kubeconfig: KubeconfigFlow;
  readonly view: View;
  readonly screen: ShownScreen;
  /** Nodes chosen for the next run, by target; each context has its own. */
  readonly nodeSelection: Selection;
  /** The text that chose them, if one did. */
  readonly nodeChoice: NodeChoice;
  readonly commands: Answer<readonly CommandSummary[]>;
  readonly app: Answer<AppInfo>;
  /** Loads the page anew: what it remembers belongs to other files. */
  readonly reload: () => void;
}

/** The session of the page: for what the shell mounts, see docs/adr/0042. Throws outside of the page. */
export const [getSession, setSession] = createContext<Session>();

/** What a component below a screen takes of the session: the parts it names and no others. Throws outside of the page. */
export function getShared<const K extends keyof Session>(...parts: readonly K[]): Pick<Session, K> {
  const session = getSession();
  return Object.fromEntries(parts.map((part) => [part, session[part]])) as Pick<Session, K>;
}
