import { Failed } from '../lib/failed.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Which edit was refused, and where. */
export interface RefusedEdit {
  /** What the text is: `file`, `kubeconfig`. */
  readonly what: string;
  readonly hint: string;
  readonly offset: number;
  readonly file: string | undefined;
  readonly cause?: unknown;
}

/** The failure of an edit of a part that is written in a way we cannot change without changing more; names its line. */
export function refusedEdit(yaml: YamlDocument, { what, hint, offset, file, cause }: RefusedEdit): Failed {
  const at = yaml.positionOf(offset);
  return new Failed(
    {
      code: 'file-invalid',
      message: `This part of the ${what} (line ${at.line}) is written in a way that Minos cannot change safely; nothing was changed.`,
      hint,
      where: { ...(file === undefined ? {} : { file }), ...at },
    },
    cause,
  );
}
