/** One context of a talosconfig. Keys are PEM; the text carries them in base64. */
export interface TalosconfigContext {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly nodes: readonly string[];
  readonly caPem: string;
  readonly certPem: string;
  /** With the label `ED25519 PRIVATE KEY`. */
  readonly keyPem: string;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

function list(key: string, values: readonly string[]): string[] {
  if (values.length === 0) return [];
  return [`        ${key}:`, ...values.map((value) => `            - ${value}`)];
}

/** The YAML talosctl writes: four spaces, the first context is the current one. Contains keys. */
export function talosconfigText(contexts: readonly TalosconfigContext[]): string {
  const lines = contexts.flatMap((context) => [
    `    ${context.name}:`,
    ...(context.endpoints.length === 0 ? ['        endpoints: []'] : list('endpoints', context.endpoints)),
    ...list('nodes', context.nodes),
    `        ca: ${base64(context.caPem)}`,
    `        crt: ${base64(context.certPem)}`,
    `        key: ${base64(context.keyPem)}`,
  ]);
  return [`context: ${contexts[0]?.name ?? ''}`, 'contexts:', ...lines, ''].join('\n');
}
