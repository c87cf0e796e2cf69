import { plural } from '../../preload/contract/format/numbers.ts';
import type { KubeconfigChoice, Problem } from '../../preload/contract/index.ts';
import { freeName } from '../lib/free-name.ts';
import { maskAddresses } from '../lib/proxy-address.ts';
import type { PlainMap } from '../yaml/plain-value.ts';
import {
  authorityFingerprints,
  certificateFileOf,
  clientCertificateOf,
  NO_CERTIFICATE_FILES,
  type CertificateFiles,
} from './certificates.ts';
import type { KubeconfigEdit } from './edit-kubeconfig.ts';
import { textOf, VALUE_FIELD, type KubeEntry, type Kubeconfig, type Section } from './kubeconfig.ts';
import { addedAs, entryChange, type EntryChange, type KubeconfigPlan } from './plan.ts';
import { rewired } from './plan-talosctl.ts';
import { isIdentityOf, refreshableUsers, refreshedUser, whyNotRenewed, type Refreshable } from './refreshable-user.ts';
import { atOtherAddresses, identityOf, normalServer, sameClusters } from './same-cluster.ts';
import { isSameEntry } from './same-entry.ts';

/** Names of other kubeconfig files that kubectl reads together with this one, and the file each stands in. */
export type NamesElsewhere = Readonly<Record<Section, ReadonlyMap<string, string>>>;

/** Options of {@link planKubeconfigMerge}. */
export interface MergeOptions {
  readonly choice: KubeconfigChoice;
  /** Name for the resulting context (`--force-context-name`). */
  readonly contextName?: string;
  /** Makes the merged context kubectl's current one. */
  readonly setCurrent: boolean;
  /** Further server addresses known to be this cluster's. */
  readonly otherServers?: readonly string[];
  readonly elsewhere?: NamesElsewhere;
  /** Files with certificates that the target names. */
  readonly certificateFiles?: CertificateFiles;
}

/**
 * Merges an incoming kubeconfig, the way talosctl names things but without its accidents: contexts are compared with
 * contexts, references follow a mapping instead of text replacement, nothing is replaced unless asked for. Pure.
 */
export function planKubeconfigMerge(target: Kubeconfig, incoming: Kubeconfig, options: MergeOptions): KubeconfigPlan {
  return new Merge(target, incoming, options).plan();
}

class Merge {
  readonly #target: Kubeconfig;
  readonly #incoming: Kubeconfig;
  readonly #options: MergeOptions;
  readonly #certificateFiles: CertificateFiles;
  readonly #edits: KubeconfigEdit[] = [];
  readonly #changes: EntryChange[] = [];
  readonly #notes: Problem[] = [];
  readonly #clusterNames = new Map<string, string>();
  readonly #userNames = new Map<string, string>();
  /** Contexts of the file that already stand for an incoming user. */
  readonly #found = new Map<string, Refreshable>();
  readonly #given: Record<Section, Set<string>> = { clusters: new Set(), users: new Set(), contexts: new Set() };

  constructor(target: Kubeconfig, incoming: Kubeconfig, options: MergeOptions) {
    this.#target = target;
    this.#incoming = incoming;
    this.#options = options;
    this.#certificateFiles = options.certificateFiles ?? NO_CERTIFICATE_FILES;
  }

  plan(): KubeconfigPlan {
    for (const cluster of this.#incoming.clusters.values()) this.#mergeCluster(cluster);
    for (const user of this.#incoming.users.values()) this.#mergeUser(user);
    let contextName: string | undefined;
    for (const context of this.#incoming.contexts.values()) {
      const merged = this.#mergeContext(context);
      // What is current where it comes from stands for it; else the last one.
      const isOver = contextName !== undefined && this.#hasCurrent(context.name);
      if (!isOver) contextName = merged;
    }
    const current = this.#target.currentContext;
    if (contextName !== undefined && contextName !== current) {
      const isDangling = current !== '' && !this.#hasContext(current);
      if (this.#options.setCurrent || isDangling) this.#edits.push({ kind: 'current', name: contextName });
      if (isDangling)
        this.#note(
          `The current context ${current} names no context, with which kubectl fails; it becomes ${contextName}.`,
        );
    }
    const plan = { edits: this.#edits, changes: this.#changes, notes: this.#notes };
    return contextName === undefined ? plan : { ...plan, contextName };
  }

  /** A context before this one is the incoming kubeconfig's current one. */
  #hasCurrent(name: string): boolean {
    const names = [...this.#incoming.contexts.keys()];
    const current = names.indexOf(this.#incoming.currentContext);
    return current >= 0 && current < names.indexOf(name);
  }

  /** In the file as it will be, or in another one that kubectl reads. */
  #hasContext(name: string): boolean {
    return (
      this.#target.contexts.has(name) ||
      this.#given.contexts.has(name) ||
      this.#options.elsewhere?.contexts.has(name) === true
    );
  }

  #mergeCluster({ name, value }: KubeEntry): void {
    const { choice, otherServers = [] } = this.#options;
    const identity = identityOf(value, otherServers);
    const same = sameClusters(this.#target.clusters, identity, name, this.#certificateFiles);
    const elsewhere = choice === 'refresh' && same.length === 0 ? this.#atAnotherAddress(name, value) : undefined;
    const known = choice === 'refresh' ? (same[0] ?? elsewhere) : same.find((one) => one.name === name);
    if (known && choice !== 'overwrite') {
      this.#clusterNames.set(name, known.name);
      this.#given.clusters.add(known.name);
      const isComplete =
        elsewhere === undefined
          ? this.#hasAuthoritiesOf(known.value, value)
          : this.#trustsAuthoritiesOf(known.value, value);
      if (choice === 'rename' || isComplete) {
        this.#changes.push(entryChange('clusters', 'kept', known.name, name));
        return;
      }
      const renewed = new Map(known.value);
      renewed.delete('certificate-authority');
      renewed.set('certificate-authority-data', value.get('certificate-authority-data') ?? '');
      this.#change('clusters', 'refreshed', known.name, renewed, name);
      return;
    }
    this.#clusterNames.set(name, this.#put('clusters', name, name, value));
  }

  /**
   * The entry by which the file reaches this cluster at an address of the user's own: it trusts the same authority, and its
   * user is the identity that comes. The address stays.
   */
  #atAnotherAddress(name: string, value: PlainMap): KubeEntry | undefined {
    const files = this.#certificateFiles;
    const contexts = [...this.#incoming.contexts.values()].filter((one) => textOf(one.value.get('cluster')) === name);
    const users = contexts.flatMap((one) => this.#incoming.users.get(textOf(one.value.get('user'))) ?? []);
    const identity = identityOf(value, this.#options.otherServers ?? []);
    const found = atOtherAddresses(this.#target.clusters, identity, name, files).find((cluster) =>
      users.some(
        (user) => refreshableUsers(this.#target, new Set([cluster.name]), value, user.value, files).length > 0,
      ),
    );
    if (!found) return undefined;
    const [here, there] = [found.value, value].map((one) => maskAddresses(textOf(one.get('server'))));
    this.#note(
      `The file reaches this cluster at ${here} (${found.name}), the cluster calls itself ${there}; the authority is the same. It is renewed in place and keeps its address.`,
      'To have the other address as a context of its own, keep both.',
    );
    return found;
  }

  #mergeUser({ name, value }: KubeEntry): void {
    const found = this.#options.choice === 'refresh' ? this.#refreshable(name, value) : undefined;
    if (!found) {
      this.#userNames.set(name, this.#put('users', withClusterRenamed(name, this.#renamedClusters()), name, value));
      return;
    }
    this.#found.set(name, found);
    this.#userNames.set(name, found.user.name);
    this.#given.users.add(found.user.name);
    if (isSameEntry(found.user.value, refreshedUser(found.user.value, value))) {
      this.#changes.push(entryChange('users', 'kept', found.user.name, name));
      return;
    }
    const incoming = clientCertificateOf(value, NO_CERTIFICATE_FILES);
    const whyKept = incoming && whyNotRenewed(found.certificate, incoming);
    if (whyKept !== undefined) {
      this.#changes.push(entryChange('users', 'kept', found.user.name, name));
      this.#note(`The certificate of ${found.user.name} in the file ${whyKept} and stays.`);
      return;
    }
    const path = certificateFileOf(found.user.value, 'client-certificate');
    if (path !== '')
      this.#note(
        `The certificate of ${found.user.name} stood in ${path}; the new one stands in the kubeconfig itself.`,
      );
    this.#change('users', 'refreshed', found.user.name, refreshedUser(found.user.value, value), name);
  }

  /** The entry of the file that stands for an incoming user, if a newer certificate may replace its old one. */
  #refreshable(name: string, value: PlainMap): Refreshable | undefined {
    const context = [...this.#incoming.contexts.values()].find((one) => textOf(one.value.get('user')) === name);
    const cluster = this.#incoming.clusters.get(textOf(context?.value.get('cluster')));
    if (!context || !cluster) return undefined;
    const identity = identityOf(cluster.value, this.#options.otherServers ?? []);
    const files = this.#certificateFiles;
    const same = sameClusters(this.#target.clusters, identity, cluster.name, files).map((one) => one.name);
    // A context without its cluster may have been waiting for this one.
    const merged = this.#clusterNames.get(cluster.name) ?? cluster.name;
    const all = refreshableUsers(this.#target, new Set([...same, merged]), cluster.value, value, files);
    const wishes: ((one: Refreshable) => boolean)[] = [
      (one) => one.context.name === this.#options.contextName,
      // What an earlier merge of the same kubeconfig added or renewed.
      (one) => isSameEntry(one.user.value, refreshedUser(one.user.value, value)),
      (one) => one.context.name === context.name,
      (one) => one.user.name === name,
      () => true,
    ];
    const best = wishes.flatMap((isWished) => all.filter(isWished))[0];
    const others = new Set(all.map(({ user }) => user.name).filter((one) => one !== best?.user.name));
    if (others.size > 0)
      this.#note(
        `${plural(others.size, 'other user')} of this cluster ${others.size === 1 ? 'keeps its' : 'keep their'} own certificate: ${[...others].join(', ')}.`,
        'Remove those that talosctl added at earlier fetches, if nothing uses them.',
      );
    return best;
  }

  #mergeContext({ name, value }: KubeEntry): string {
    const wanted = new Map(rewired(value, this.#clusterNames, this.#userNames));
    const user = textOf(value.get('user'));
    const found = this.#found.get(user);
    const forced = this.#options.contextName;
    const clusterOfFound = found && textOf(found.context.value.get('cluster'));
    if (found && clusterOfFound !== undefined) wanted.set('cluster', clusterOfFound);
    if (found && (forced === undefined || forced === found.context.name)) {
      this.#given.contexts.add(found.context.name);
      this.#changes.push(entryChange('contexts', 'kept', found.context.name, name));
      return found.context.name;
    }
    const standing =
      forced === undefined && this.#options.choice === 'refresh' ? this.#contextFor(wanted, name) : undefined;
    if (standing !== undefined) {
      this.#given.contexts.add(standing);
      this.#changes.push(entryChange('contexts', 'kept', standing, name));
      return standing;
    }
    const mappedUser = this.#userNames.get(user);
    const follows = name === user && mappedUser !== undefined ? mappedUser : undefined;
    const desired = forced ?? follows ?? withClusterRenamed(name, this.#renamedClusters());
    const known = this.#target.contexts.get(desired);
    if (known && isSameReference(known.value, wanted) && !this.#given.contexts.has(desired)) {
      this.#given.contexts.add(desired);
      this.#changes.push(entryChange('contexts', 'kept', desired, name));
      return desired;
    }
    return this.#put('contexts', desired, name, wanted);
  }

  /** A context of the file with the same cluster and user, the one of that name first. */
  #contextFor(wanted: PlainMap, name: string): string | undefined {
    const all = [...this.#target.contexts.values()].filter(
      (one) => isSameReference(one.value, wanted) && !this.#given.contexts.has(one.name),
    );
    return (all.find((one) => one.name === name) ?? all[0])?.name;
  }

  /** Adds an entry, or replaces the one that has the name, or finds another name; returns the name it has then. */
  #put(section: Section, desired: string, incomingName: string, value: PlainMap): string {
    const known = this.#target[section].get(desired);
    const taken = (name: string): boolean =>
      this.#target[section].has(name) ||
      this.#given[section].has(name) ||
      this.#isElsewhere(section, name) ||
      this.#meansAnother(section, name);
    if (known && !this.#given[section].has(desired)) {
      if (isSameEntry(known.value, value)) {
        this.#given[section].add(desired);
        this.#changes.push(entryChange(section, 'kept', desired, incomingName));
        return desired;
      }
      if (this.#options.choice === 'overwrite') {
        this.#given[section].add(desired);
        this.#warnAboutOthers(section, known, value);
        this.#change(section, 'replaced', desired, value, incomingName);
        return desired;
      }
    }
    const name = taken(desired) ? freeName(desired, taken) : desired;
    if (!known && name !== desired && this.#isElsewhere(section, desired)) {
      const file = this.#options.elsewhere?.[section].get(desired) ?? '';
      this.#note(`${desired} is a name in ${file} as well, so ${WORD[section]} is called ${name} here.`);
    }
    if (!known && this.#meansAnother(section, desired))
      this.#note(
        `A context of the file refers to ${WORD[section]} ${desired}, which is missing and may be another one, so this one is called ${name}.`,
      );
    this.#given[section].add(name);
    this.#edits.push({ kind: 'put', section, name, value });
    this.#changes.push(addedAs(section, name, incomingName));
    return name;
  }

  /**
   * True when a context of the file refers to an entry that is missing, and this one may not be it: taking its name would
   * give that context another meaning.
   */
  #meansAnother(section: Section, name: string): boolean {
    if (section === 'contexts' || this.#options.choice === 'overwrite' || this.#target[section].has(name)) return false;
    const field = VALUE_FIELD[section];
    return [...this.#target.contexts.values()].some(({ value }) => {
      if (textOf(value.get(field)) !== name) return false;
      if (section === 'users') return ![...this.#clusterNames.values()].includes(textOf(value.get('cluster')));
      const userName = textOf(value.get('user'));
      const user = this.#target.users.get(userName);
      if (!user) return !this.#incoming.users.has(userName);
      const { clusters, users } = this.#incoming;
      return ![...clusters.values()].some((one) =>
        isIdentityOf(user.value, one.value, users.values(), this.#certificateFiles),
      );
    });
  }

  #hasAuthoritiesOf(known: PlainMap, incoming: PlainMap): boolean {
    const before = authorityFingerprints(known, this.#certificateFiles);
    return before.join() === authorityFingerprints(incoming, NO_CERTIFICATE_FILES).join();
  }

  /** Behind a tunnel more authorities may be needed; those stay. */
  #trustsAuthoritiesOf(known: PlainMap, incoming: PlainMap): boolean {
    const trusted = authorityFingerprints(known, this.#certificateFiles);
    return authorityFingerprints(incoming, NO_CERTIFICATE_FILES).every((one) => trusted.includes(one));
  }

  #isElsewhere(section: Section, name: string): boolean {
    return this.#options.choice !== 'overwrite' && this.#options.elsewhere?.[section].has(name) === true;
  }

  #change(
    section: Section,
    action: 'refreshed' | 'replaced',
    name: string,
    value: PlainMap,
    incomingName: string,
  ): void {
    this.#edits.push({ kind: 'put', section, name, value });
    this.#changes.push(entryChange(section, action, name, incomingName));
  }

  #renamedClusters(): ReadonlyMap<string, string> {
    return new Map([...this.#clusterNames].filter(([, to]) => !this.#target.clusters.has(to)));
  }

  /** Replacing a cluster or user changes what other contexts mean. */
  #warnAboutOthers(section: Section, known: KubeEntry, value: PlainMap): void {
    if (section === 'contexts') {
      const [from, to] = [known.value, value].map((one) => textOf(one.get('cluster')));
      if (from !== to)
        this.#note(`The context ${known.name} pointed to the cluster ${from} before.`, undefined, 'warning');
      return;
    }
    const field = section === 'clusters' ? 'cluster' : 'user';
    const incomingContexts = new Set([...this.#incoming.contexts.keys()]);
    const others = [...this.#target.contexts.values()].filter(
      (one) => textOf(one.value.get(field)) === known.name && !incomingContexts.has(one.name),
    );
    if (others.length === 0) return;
    const isMoved =
      section === 'clusters' &&
      normalServer(textOf(known.value.get('server'))) !== normalServer(textOf(value.get('server')));
    this.#note(
      `${plural(others.length, 'other context')} of the file ${others.length === 1 ? 'uses' : 'use'} the ${field} ${known.name} and ${others.length === 1 ? 'changes' : 'change'} with it: ${others.map(({ name }) => name).join(', ')}.`,
      isMoved ? 'Keep both instead, unless these contexts belong to this cluster.' : undefined,
      'warning',
    );
  }

  #note(message: string, hint?: string, severity: Problem['severity'] = 'warning'): void {
    this.#notes.push({ severity, message, ...(hint === undefined ? {} : { hint }) });
  }
}

const WORD: Readonly<Record<Section, string>> = { clusters: 'the cluster', users: 'the user', contexts: 'the context' };

/** True when two contexts mean the same cluster and user; namespace and extensions are the user's own. */
const isSameReference = (a: PlainMap, b: PlainMap): boolean =>
  textOf(a.get('cluster')) === textOf(b.get('cluster')) && textOf(a.get('user')) === textOf(b.get('user'));

/** `admin@prod` becomes `admin@prod-1` when the cluster did; only the whole part after the @ counts. */
function withClusterRenamed(name: string, renamed: ReadonlyMap<string, string>): string {
  for (const [from, to] of renamed) {
    if (name === from) return to;
    if (from !== '' && name.endsWith(`@${from}`)) return name.slice(0, -from.length) + to;
  }
  return name;
}
