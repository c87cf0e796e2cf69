/**
 * A place that somebody outside the page asks for: by a link, a second start, or the command line of the first one. Nothing of it is
 * known to exist; the page goes there, and nothing else.
 */
export interface AskedPlace {
  /** By its name in a talosconfig; the one in use when missing. */
  readonly context?: string;
  /** Id of a screen. */
  readonly screen?: string;
  /** A node by its name or an address. */
  readonly node?: string;
  /** Nodes that are selected, by name or address: only the first start may, whose command line is the user's own. */
  readonly select?: readonly string[];
  /** The first start has `--endpoints`; without a context, the one that is dialled over them is meant. */
  readonly hasEndpoints?: true;
}
