import * as v from 'valibot';
import { formatNumber } from '../../../preload/contract/format/numbers.ts';
import { NODES_AT_ONCE, VERSION_DAYS } from '../../../preload/contract/index.ts';

/** Most saved groups, of all contexts together. */
const MAX_GROUPS = 10_000;
/** Most talosconfigs open beside the primary one. */
export const MAX_TALOSCONFIGS = 100;
/** Most clusters whose origin is remembered. */
const MAX_SOURCES = 10_000;
/** Most clusters marked as production; no mark goes for another, one more is refused. */
const MAX_PRODUCTION = 10_000;
/** Most certificates remembered; older ones are forgotten. */
export const MAX_TOLD = 10_000;

/** Most items of attention lists that are muted; older ones are told again. */
export const MAX_MUTES = 10_000;

/** Most clusters of which the last snapshot is remembered; older ones are forgotten. */
export const MAX_SNAPSHOTS = 10_000;

/** Most items of attention lists that are remembered to have been told of; older ones may be told of again. */
export const MAX_ATTENTION_TOLD = 5_000;

/** A saved selection of nodes of one context. */
const group = v.strictObject({
  /** The context's id. */
  context: v.pipe(v.string(), v.maxLength(6000)),
  name: v.pipe(v.string(), v.maxLength(64)),
  selection: v.pipe(v.string(), v.maxLength(4096)),
});

const path = v.pipe(v.string(), v.maxLength(4096));
const fingerprint = v.pipe(v.string(), v.maxLength(64));
const fingerprints = v.pipe(v.array(fingerprint), v.maxLength(100));

/** From which Talos context a cluster was fetched. */
const source = v.strictObject({
  context: v.pipe(v.string(), v.maxLength(1024)),
  talosAuthorities: fingerprints,
  server: v.pipe(v.string(), v.maxLength(2048)),
  authorities: fingerprints,
});

/** How far the user was told about the end of a certificate. */
const told = v.strictObject({
  fingerprint,
  /** The least number of days left that was told of; 0: that it has expired. */
  days: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** A cluster marked as production. */
const marked = v.strictObject({
  /** CA certificates that the marked context has or had; may be none. */
  authorities: fingerprints,
  /** Where that context stands. */
  file: path,
  name: v.pipe(v.string(), v.maxLength(6000)),
});

/** An item of an attention list that is muted. */
const mute = v.strictObject({
  /** CA certificates of its cluster. */
  authorities: fingerprints,
  id: v.pipe(v.string(), v.maxLength(1024)),
  untilMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** When Minos took the last snapshot of the etcd of a cluster. */
const snapshot = v.strictObject({
  /** CA certificates of the cluster. */
  authorities: fingerprints,
  atMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** A serious item of an attention list that the desktop has told of, and that lasted when it was looked at last. */
const attended = v.strictObject({
  /** CA certificates of its cluster. */
  authorities: fingerprints,
  id: v.pipe(v.string(), v.maxLength(1024)),
});

const groups = v.pipe(v.array(group), v.maxLength(MAX_GROUPS));
/** Talosconfig files open beside the primary one. */
const talosconfigs = v.pipe(v.array(path), v.maxLength(MAX_TALOSCONFIGS));
/** Oldest first. */
const expiryTold = v.pipe(v.array(told), v.maxLength(MAX_TOLD));
/** Oldest first. */
const production = v.pipe(v.array(marked), v.maxLength(MAX_PRODUCTION));
/** Oldest first. */
const mutes = v.pipe(v.array(mute), v.maxLength(MAX_MUTES));
/** Oldest first. */
const snapshots = v.pipe(v.array(snapshot), v.maxLength(MAX_SNAPSHOTS));
/** Oldest first. */
const attentionTold = v.pipe(v.array(attended), v.maxLength(MAX_ATTENTION_TOLD));
const sources = v.pipe(v.array(source), v.maxLength(MAX_SOURCES));
/** Where kubeconfigs go (the file that was merged into last), and from which Talos context each cluster was fetched. */
const kubeconfig = v.strictObject({ target: v.optional(path), sources });

/** What the user chose on the settings screen; what is missing is as Minos begins. */
const choices = v.strictObject({
  /** Most nodes that one run asks at a time. */
  nodesAtOnce: v.exactOptional(v.picklist(NODES_AT_ONCE)),
  /** For how many days old versions of talosconfigs and kubeconfigs are kept. */
  versionDays: v.exactOptional(v.picklist(VERSION_DAYS)),
  /** Notices tell of certificates that end. */
  isTellingExpiry: v.exactOptional(v.boolean()),
  /** Newer versions of Minos are asked for once a day. */
  isLookingForUpdates: v.exactOptional(v.boolean()),
});

/** What is gone by where the user chose nothing. */
export const DEFAULT_CHOICES = {
  nodesAtOnce: 64,
  versionDays: 30,
  isTellingExpiry: true,
  isLookingForUpdates: false,
} as const;

const deedKeepDays = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)));

/** Most contexts that are read by os:reader; one more is refused. */
const MAX_LEAST_POWER = 10_000;
const leastPower = v.optional(v.pipe(v.array(marked), v.maxLength(MAX_LEAST_POWER)));

/** What is written. */
export const settingsSchema = v.strictObject({
  version: v.literal(8),
  groups,
  talosconfigs,
  kubeconfig: v.optional(kubeconfig),
  expiryTold,
  production,
  mutes,
  snapshots,
  /** Serious items of attention lists are told by notices of the desktop. */
  isNotifying: v.boolean(),
  attentionTold,
  /** For how many days deeds are kept, where the user chose. */
  deedKeepDays,
  choices,
  /** Contexts that are read by a certificate of os:reader. */
  leastPower,
});

/** Minos's own settings. Holds no credentials. */
export type Settings = v.InferOutput<typeof settingsSchema>;

/** Settings of a Minos that has none yet. */
export const NO_SETTINGS: Settings = {
  version: 8,
  groups: [],
  talosconfigs: [],
  expiryTold: [],
  production: [],
  mutes: [],
  snapshots: [],
  isNotifying: false,
  attentionTold: [],
  choices: {},
};

/** Where a marked context stands, as a key. */
export const markedPlace = ({ file, name }: Pick<v.InferOutput<typeof marked>, 'file' | 'name'>): string =>
  `${file}\0${name}`;

/** What remembering one more cluster is checked with. */
export const isKeptSource = (value: unknown): boolean => v.is(source, value);

/**
 * Today's settings in what a file holds, field by field: what is broken loses only itself, in a list only its own item.
 * `problems` says what was left out.
 */
export function settingsIn(value: Readonly<Record<string, unknown>>): {
  readonly settings: Settings;
  readonly problems: readonly string[];
} {
  const whole = v.safeParse(settingsSchema, value);
  if (whole.success) return { settings: whole.output, problems: [] };
  const problems: string[] = [];
  const list = <S extends v.GenericSchema>(
    field: string,
    item: S,
    max: number,
    of: unknown,
    keep: 'first' | 'last' = 'first',
  ): v.InferOutput<S>[] => {
    if (!Array.isArray(of)) {
      problems.push(`${field} is not a list`);
      return [];
    }
    const good = of.filter((one) => v.is(item, one));
    if (good.length < of.length) {
      const first = of.findIndex((one) => !v.is(item, one));
      problems.push(`${field}.${first} is not what Minos writes${more(of.length - good.length - 1)}`);
    }
    if (good.length > max) problems.push(`${field} has more than ${formatNumber(max)}`);
    return keep === 'first' ? good.slice(0, max) : good.slice(-max);
  };
  for (const field of Object.keys(value)) {
    if (!Object.hasOwn(settingsSchema.entries, field)) problems.push(`${field.slice(0, 60)} is not what Minos writes`);
  }
  const settings: Settings = {
    version: 8,
    groups: list('groups', group, MAX_GROUPS, value['groups']),
    talosconfigs: list('talosconfigs', path, MAX_TALOSCONFIGS, value['talosconfigs']),
    expiryTold: list('expiryTold', told, MAX_TOLD, value['expiryTold'], 'last'),
    production: list('production', marked, MAX_PRODUCTION, value['production'], 'last'),
    mutes: list('mutes', mute, MAX_MUTES, value['mutes'], 'last'),
    snapshots: list('snapshots', snapshot, MAX_SNAPSHOTS, value['snapshots'], 'last'),
    isNotifying: value['isNotifying'] === true,
    attentionTold: list('attentionTold', attended, MAX_ATTENTION_TOLD, value['attentionTold'], 'last'),
    ...(value['leastPower'] !== undefined && {
      leastPower: list('leastPower', marked, MAX_LEAST_POWER, value['leastPower'], 'last'),
    }),
    ...(v.is(deedKeepDays, value['deedKeepDays']) && { deedKeepDays: value['deedKeepDays'] }),
    choices: choicesIn(value['choices'], problems),
  };
  const remembered = value['kubeconfig'];
  if (remembered === undefined) return { settings, problems };
  if (remembered === null || typeof remembered !== 'object') {
    return { settings, problems: [...problems, 'kubeconfig is not what Minos writes'] };
  }
  const { target, sources: of } = remembered as Record<string, unknown>;
  if (Object.keys(remembered).some((field) => !Object.hasOwn(kubeconfig.entries, field))) {
    problems.push('kubeconfig holds what Minos does not write');
  }
  const isTarget = v.is(v.optional(path), target);
  if (!isTarget) problems.push('kubeconfig.target is not what Minos writes');
  return {
    settings: {
      ...settings,
      kubeconfig: {
        ...(isTarget && typeof target === 'string' && { target }),
        sources: list('kubeconfig.sources', source, MAX_SOURCES, of, 'last'),
      },
    },
    problems,
  };
}

/** Each choice by itself. */
function choicesIn(value: unknown, problems: string[]): Settings['choices'] {
  if (v.is(choices, value)) return value;
  problems.push('choices is not all what Minos writes');
  if (typeof value !== 'object' || value === null) return {};
  const known = Object.entries(choices.entries).filter(
    ([field, schema]) => Object.hasOwn(value, field) && v.is(schema, (value as Record<string, unknown>)[field]),
  );
  return Object.fromEntries(known.map(([field]) => [field, (value as Record<string, unknown>)[field]]));
}

const more = (count: number): string => (count > 0 ? `, nor ${count === 1 ? 'is' : 'are'} ${count} more` : '');
