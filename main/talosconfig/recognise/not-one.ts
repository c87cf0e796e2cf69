import { Failed } from '../../lib/failed.ts';

/** What to do with a text that is no talosconfig and says nothing of itself. */
export const USUAL_HINT = 'Choose a talosconfig, or a Secret, base64 or gzip of one.';

/** The failure for what is no talosconfig. */
export const notOne = (label: string, why: string, hint = USUAL_HINT): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `${label} is not a talosconfig: ${why}.`,
    hint,
    where: { file: label },
  });

/** The failure for a kubeconfig; `where.field` is `kubeconfig`: it can be merged as one. */
export const notOneButKubeconfig = (label: string): Failed =>
  new Failed({
    code: 'file-invalid',
    message: `${label} is not a talosconfig: it is a kubeconfig.`,
    hint: 'Drop or paste it alone, and Minos offers to merge it.',
    where: { file: label, field: 'kubeconfig' },
  });
