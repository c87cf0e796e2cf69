import type { PlainMap } from '../../yaml/plain-value.ts';
import type { YamlDocument } from '../../yaml/yaml-document.ts';
import { type Kind, V1ALPHA1 } from '../schema/schema.ts';

/** One document of a machine config. */
export interface ConfigDocument {
  readonly yaml: YamlDocument;
  /** Which of the documents of its text it is, those that hold nothing counted as well. */
  readonly index: number;
  readonly plain: PlainMap;
  readonly kind: Kind;
  /** Empty where it has none. */
  readonly name: string;
  /** Line of its first key, 1-based. */
  readonly line: number;
}

/** `v1alpha1/LinkConfig/eth0`: what patches find a document by. The name counts only where a kind has one. */
export const documentIdentity = ({ kind, name }: Pick<ConfigDocument, 'kind' | 'name'>): string =>
  [kind.apiVersion, kind.kind, ...(kind.named ? [name] : [])].join('/');

/** How a document is called: `LinkConfig eth0`, `v1alpha1`. */
export const documentTitle = ({ kind, name }: Pick<ConfigDocument, 'kind' | 'name'>): string =>
  kind.named && name !== '' ? `${kind.kind} ${name}` : kind.kind;

/** True for the document that has no kind. */
export const isV1Alpha1 = ({ kind }: Pick<ConfigDocument, 'kind'>): boolean => kind.kind === V1ALPHA1;
