import type { ContextSummary } from '../../../preload/contract/index.ts';
import { contextName } from '../../lib/context-names.ts';
import type { Session } from '../context.ts';
import { isDemo } from '../demo.ts';
import { sessionPart } from '../session-part.ts';
import type { Tab } from './tab.ts';
import { workOn } from '../work-on.ts';
import { dropOldTabs, keptTabs, keepTabs, MOST_TABS, type KeptTabs } from './kept-tabs.ts';
import { renamedTabs } from './renamed-tabs.ts';
import { openWindow } from './open-window.ts';
import { until } from './until.svelte.ts';

/** Main has switched the context within this, or it is not gone to. */
const SWITCH_MS = 5_000;
/** An address that names no screen. */
const NO_PLACE = /^(#\/?)?$/;

/**
 * The tabs of this window. The one in front is whatever the window shows now; of the others is known what they showed. Nothing runs and
 * nothing is asked for a tab that is not in front; runs and deeds belong to main and go on.
 */
class Tabs {
  readonly #session: Session;
  #others = $state.raw<readonly Tab[]>([{ id: 1, context: undefined, name: '', hash: '' }]);
  #active = $state.raw(1);
  /** As they were read last. */
  #contexts: readonly ContextSummary[] = [];
  #lastId = 1;
  #isRestored = false;
  readonly #restored = Promise.withResolvers<void>();
  /** One goes to the front after the other: main switches one context at a time, and each tab is left as it was seen. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The context of the tab in front is on its way. */
  isSwitching = $state.raw(false);

  constructor(session: Session) {
    this.#session = session;
  }

  /** Every tab in its order. Reading it follows what the window shows. */
  get list(): readonly Tab[] {
    if (this.isSwitching) return this.#others;
    return this.#others.map((tab) => (tab.id === this.#active ? this.#now(tab.id) : tab));
  }

  get active(): number {
    return this.#active;
  }

  /** Once the tabs of the last time are there. */
  get whenRestored(): Promise<void> {
    return this.#restored.promise;
  }

  /** The context of a tab is in no open talosconfig any more; it may come back. */
  isGone({ id, context }: Tab): boolean {
    return id !== this.#active && this.#isMissing(context);
  }

  /** Brings back the tabs of the last time, once. An address that the window has already wins over theirs. */
  async restore(): Promise<void> {
    if (this.#isRestored) return;
    this.#isRestored = true;
    dropOldTabs(this.#session);
    const kept = isDemo(this.#session) ? undefined : keptTabs(this.#session);
    if (kept === undefined) this.#begin();
    const brought = kept === undefined ? Promise.resolve() : this.#bring(kept);
    this.#turn = brought.catch(() => undefined);
    await brought.finally(() => this.#restored.resolve());
  }

  /** At the address that the window was opened for. */
  #begin(): void {
    const { address } = this.#session.app.current?.window ?? {};
    if (address !== undefined && NO_PLACE.test(window.location.hash)) window.location.replace(address);
  }

  async #bring(kept: KeptTabs): Promise<void> {
    const tabs = kept.tabs.map((tab, index): Tab => ({ ...tab, id: index + 1 }));
    const address = window.location.hash;
    const front = tabs[kept.active] ?? tabs[0];
    const { current } = this.#session;
    const isOnly = tabs.length === 1 && this.#session.app.current?.window.numbers.length === 1;
    if (front === undefined || (isOnly && front.context !== current.id)) return;
    this.#lastId = tabs.length;
    if (!this.#isMissing(front.context)) {
      this.#others = tabs;
      this.#active = front.id;
      if (await this.#show({ ...front, hash: NO_PLACE.test(address) ? front.hash : address })) return;
    }
    // What is in view is none of theirs.
    const own: Tab = { id: ++this.#lastId, context: current.id, name: this.#nameOf(current.id), hash: address };
    this.#others = [...tabs, own];
    this.#active = own.id;
  }

  /** Contexts were read: tabs that are not in front follow theirs to another name; main sees to the one in front. */
  follow(): void {
    const { contexts } = this.#session.topics.config.current ?? {};
    if (contexts === undefined) return;
    this.#others = renamedTabs(this.#others, this.#contexts, contexts);
    this.#contexts = contexts;
  }

  /** Keeps them for the next start. Those of the demo are of no cluster that is there then. */
  keep(): void {
    if (isDemo(this.#session)) return;
    const { list } = this;
    keepTabs(
      this.#session,
      list,
      Math.max(
        0,
        list.findIndex(({ id }) => id === this.#active),
      ),
    );
  }

  /** A new one on a context, else on the one in use, at a screen. */
  open(hash: string, context?: string): Promise<void> {
    return this.#inTurn(() => this.#open(hash, context ?? this.#session.current.id));
  }

  async #open(hash: string, context: string | undefined): Promise<void> {
    if (this.#others.length >= MOST_TABS) {
      return this.#session.notices.say(`There are ${MOST_TABS} tabs, and no more fit. Close one first.`);
    }
    const before = this.#leave();
    const tab: Tab = { id: ++this.#lastId, context, name: this.#nameOf(context), hash };
    const at = this.#others.findIndex(({ id }) => id === before) + 1;
    this.#others = this.#others.toSpliced(at, 0, tab);
    await this.#enter(tab, before);
  }

  /** Brings one to the front. One whose context is gone stays where it is. */
  activate(id: number): Promise<void> {
    return this.#inTurn(() => this.#activate(id));
  }

  async #activate(id: number): Promise<void> {
    const tab = this.#others.find((each) => each.id === id);
    if (!tab || id === this.#active) return;
    if (this.isGone(tab)) {
      const name = contextName({ name: tab.name });
      return this.#session.notices.say(`${name} is in no open talosconfig any more. Its tab can be closed.`);
    }
    const before = this.#leave();
    await this.#enter(tab, before);
  }

  /** The one at a place, counted from 1; the last for 9, as browsers do. */
  async activateAt(place: number): Promise<void> {
    const tab = place === 9 ? this.#others.at(-1) : this.#others[place - 1];
    if (tab) await this.activate(tab.id);
  }

  /** To a context in a tab of its own: the one that shows it, else a new one. */
  showContext(context: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#session.current.id === context) return;
      const there = this.list.find((tab) => tab.context === context);
      if (there) await this.#activate(there.id);
      else await this.#open('#/overview', context);
    });
  }

  /** Opens a window that shows what the tab in front shows, which is closed once that is there. */
  async moveToWindow(): Promise<void> {
    const { id, context, hash } = this.#now(this.#active);
    if (
      await openWindow(this.#session, {
        ...(context !== undefined && { context }),
        ...(!NO_PLACE.test(hash) && { address: hash }),
      })
    )
      await this.close(id);
  }

  /** Closes one; the last one stays. What it showed is forgotten, and nothing else ends. */
  close(id: number = this.#active): Promise<void> {
    return this.#inTurn(() => this.#close(id));
  }

  async #close(id: number): Promise<void> {
    const at = this.#others.findIndex((each) => each.id === id);
    if (at < 0 || this.#others.length === 1) return;
    if (id === this.#active) {
      const others = [...this.#others.slice(at + 1), ...this.#others.slice(0, at).reverse()];
      const next = others.find((tab) => !this.isGone(tab));
      if (!next) return;
      await this.#activate(next.id);
      // It was not left after all.
      if (this.#active === id) return;
    }
    this.#others = this.#others.filter((tab) => tab.id !== id);
  }

  /** Puts one beside its neighbour, or at the place of another. */
  move(id: number, to: number): void {
    const from = this.#others.findIndex((each) => each.id === id);
    const tab = this.#others[from];
    if (!tab || to < 0 || to >= this.#others.length) return;
    this.#others = this.#others.toSpliced(from, 1).toSpliced(to, 0, tab);
  }

  /** Moves the one in front by places. */
  moveActive(by: number): void {
    this.move(this.#active, this.#others.findIndex(({ id }) => id === this.#active) + by);
  }

  /** The address changed: going back leads to the tab where that was, and a new one belongs to the tab in front. */
  onAddress(): void {
    // Whichever is on its way to the front says the address in the end.
    if (this.isSwitching) return;
    const { tab } = (window.history.state ?? {}) as { tab?: unknown };
    const known = tab === this.#active ? undefined : this.#others.find(({ id }) => id === tab);
    if (known && !this.isGone(known)) {
      const { hash } = window.location;
      const left = this.#others.find(({ id }) => id === this.#active);
      // The address is that of the other one already.
      if (left) this.#remember({ ...this.#now(left.id), hash: left.hash, inspected: undefined });
      const before = this.#active;
      return void this.#inTurn(() => this.#enter({ ...known, hash, inspected: undefined }, before));
    }
    if (tab !== this.#active) window.history.replaceState({ tab: this.#active }, '');
    // Details belong to the screen that was left.
    this.#remember({ ...this.#now(this.#active), inspected: undefined });
  }

  #inTurn(go: () => Promise<void>): Promise<void> {
    const gone = this.#turn.then(go);
    this.#turn = gone.catch(() => undefined);
    return gone;
  }

  #isMissing(context: string | undefined): boolean {
    const config = this.#session.topics.config.current;
    return context !== undefined && config !== undefined && config.contexts.every(({ id }) => id !== context);
  }

  #now(id: number): Tab {
    const { current, screen, view } = this.#session;
    // Read so that whoever reads the list follows it.
    const hash = screen.id === '' ? '' : window.location.hash;
    // One that is gone may come back.
    const { gone } = this.#session.topics.config.current ?? {};
    const name = current.context?.name ?? gone?.name ?? '';
    return { id, context: current.id ?? gone?.id, name, hash, inspected: view.inspected };
  }

  #nameOf(context: string | undefined): string {
    return this.#session.topics.config.current?.contexts.find(({ id }) => id === context)?.name ?? '';
  }

  /** Remembers what the tab in front shows; its id. */
  #leave(): number {
    // The address that the window began with says no tab yet.
    window.history.replaceState({ tab: this.#active }, '');
    this.#remember(this.#now(this.#active));
    return this.#active;
  }

  #remember(now: Tab): void {
    this.#others = this.#others.map((tab) => (tab.id === now.id ? now : tab));
  }

  async #enter(tab: Tab, before: number): Promise<void> {
    this.#active = tab.id;
    if (await this.#show(tab)) return;
    // Main has not switched, and has said why; the address may be that of the other one already.
    this.#active = before;
    const left = this.#others.find(({ id }) => id === before);
    if (left && window.location.hash !== left.hash) this.#address(left);
  }

  /** False: its context could not be switched to. */
  async #show(tab: Tab): Promise<boolean> {
    const { context, inspected } = tab;
    const { current, view } = this.#session;
    if (context !== undefined && context !== current.id) {
      const { id: left } = current;
      this.isSwitching = true;
      const isTaken = await workOn(this.#session, context);
      // Another one may be chosen meanwhile.
      if (isTaken) await until(() => (current.id === left ? undefined : true), SWITCH_MS);
      this.isSwitching = false;
      if (current.id !== context) return false;
    }
    this.#address(tab);
    if (inspected) view.inspect(inspected.kind, inspected.id);
    return true;
  }

  #address({ id, hash }: Tab): void {
    if (window.location.hash !== hash) window.history.pushState({ tab: id }, '', hash);
    else window.history.replaceState({ tab: id }, '');
    window.dispatchEvent(new HashChangeEvent('hashchange', { newURL: window.location.href }));
  }
}

/** The tabs of this window. */
export const tabsOf = sessionPart((session) => new Tabs(session));
