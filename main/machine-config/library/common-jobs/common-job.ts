/** What is asked for when a job is done: in words, and what stands there at first. */
export interface JobVariable {
  readonly about: string;
  readonly initial?: string;
}

/** One way to write a job, for some versions and shapes of configs. */
export interface JobForm {
  readonly text: string;
  readonly variables: Readonly<Record<string, JobVariable>>;
  /** The kind of document that it writes; missing: the v1alpha1 document, which every Talos takes. */
  readonly kind?: string;
  /** Minor version of Talos 1 that is known to take that kind. */
  readonly since?: number;
  /** Only where a config has that document already: it needs fields that nobody can guess, such as an image. */
  readonly isAddedTo?: true;
  /** Kinds beside which it stands: a config that has one of them is written in documents. */
  readonly beside?: readonly string[];
  /** Where the same stands in the v1alpha1 document, or what else it may not stand beside: Talos refuses or overrides one of two. */
  readonly oldSections?: readonly string[];
}

/** Something that many people do to machine configs. */
export interface CommonJob {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** Only control planes take it. */
  readonly isForControlPlanes?: true;
  /** The newest first; the last one goes for every config. */
  readonly forms: readonly [...JobForm[], JobForm];
}
