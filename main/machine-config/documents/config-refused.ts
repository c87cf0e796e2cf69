import { Failed } from '../../lib/failed.ts';

/** What refuses a config or a patch. */
export interface ConfigRefusal {
  /** What talosctl says, word by word; may have several lines. */
  readonly text: string;
  /** 1-based, of the text that was read. */
  readonly line?: number;
  readonly hint?: string;
}

/** The failure of a config or a patch that cannot be loaded or applied: the first line as its sentence, all of it as details. */
export function configRefused({ text, line, hint }: ConfigRefusal): Failed {
  const [first = '', ...more] = text.split('\n');
  return new Failed({
    code: 'file-invalid',
    message: first.replace(/:$/, ''),
    ...(more.length === 0 ? {} : { details: text }),
    ...(hint === undefined ? {} : { hint }),
    ...(line === undefined ? {} : { where: { line } }),
  });
}
