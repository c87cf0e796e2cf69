import { summarizeKubeconfig } from '../../main/kubeconfig/summary.ts';
import { diffTexts } from '../../main/kubeconfig/kubeconfig-diff.ts';
import { recogniseAll } from '../../main/talosconfig/import-sources.ts';
import { parseTalosconfig } from '../../main/talosconfig/parse-talosconfig.ts';
import { redactedDiff } from '../../main/yaml/redacted-diff.ts';
import { readSettings } from '../../main/files/settings.ts';
import { editTalosconfig } from '../../main/talosconfig/talosconfig-edit.ts';
import { readIdentity } from '../../main/credentials/read-identity.ts';
import { evaluateTemplate } from '../../main/operations/commands/resources/evaluate-template.ts';
import { parseTemplate } from '../../main/operations/commands/resources/json-path.ts';
import { readDefinition } from '../../main/operations/commands/resources/read-definition.ts';
import { yamlValue } from '../../main/operations/commands/resources/yaml-value.ts';
import { COMMANDS } from '../../main/operations/commands/index.ts';
import { resolveSelection } from '../../main/operations/selectors/resolve-selection.ts';
import { parseTalosctl } from '../../main/operations/commands/kit/talosctl-parse.ts';
import { readKubeconfigArchive } from '../../main/talos/kubeconfig-archive.ts';
import { loadTalosProto } from '../../main/talos/load-proto.ts';

/** Something that reads what comes from outside. One more is one more entry. */
export interface Parser {
  /** Inputs that are right, to be mutated. */
  readonly samples: readonly string[];
  /** Reads one input, Latin-1 of the bytes where it is not text. Throws Failed, or nothing. */
  readonly parse: (input: string) => unknown;
  /** `name: message` of errors that are its way to refuse, where it throws others than Failed. */
  readonly refuses?: RegExp;
}

const BASE64 = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJQakNCOGFBREFnRUM='.repeat(4);
const TALOSCONFIG = `context: prod\ncontexts:\n    prod:\n        endpoints: [10.5.0.2, &a 10.5.0.3]\n        nodes:\n            - *a\n        ca: ${BASE64}\n        key: |\n            ${BASE64}\n    "010": {endpoints: [a], auth: {siderov1: {identity: a@b}}}\n`;
const KUBECONFIG = `apiVersion: v1\nkind: Config\nclusters:\n- name: a\n  cluster: {server: "https://10.5.0.2:6443/", certificate-authority-data: ${BASE64}}\nusers:\n- name: u\n  user: {client-certificate-data: ${BASE64}, token: abc} # token: def\ncontexts:\n- context: {cluster: a, user: u}\n  name: c\ncurrent-context: c\n`;
const SETTINGS =
  '{"version":3,"groups":[{"context":"a","name":"g","selection":"role:worker"}],"talosconfigs":["/a"],"expiryTold":[]}';
const DEFINITION =
  'type: Members.cluster.talos.dev\ndisplayType: Member\naliases: [members]\ndefaultNamespace: cluster\nprintColumns:\n    - name: Hostname\n      jsonPath: "{.hostname}"\n';
const PEM = '-----BEGIN CERTIFICATE-----\nMIIBPjCB8aADAgEC\n-----END CERTIFICATE-----\n';

/** The contract takes no longer line from the page. */
const MAX_LINE = 4_096;

let proto: ReturnType<typeof loadTalosProto> | undefined;
const methodOf = (path: string): { responseDeserialize(bytes: Buffer): unknown } | undefined => {
  proto ??= loadTalosProto(new URL('../../proto', import.meta.url).pathname);
  return proto.findMethod(path);
};

export const PARSERS: Readonly<Record<string, Parser>> = {
  talosconfig: { samples: [TALOSCONFIG], parse: parseTalosconfig },
  'talosconfig-edit': {
    samples: [TALOSCONFIG],
    parse: (text) => editTalosconfig(text, [{ kind: 'set-endpoints', name: 'prod', endpoints: ['10.9.0.1'] }]),
  },
  'talosconfig-diff': { samples: [TALOSCONFIG], parse: (text) => redactedDiff(text, TALOSCONFIG) },
  import: {
    samples: [
      TALOSCONFIG,
      Buffer.from(TALOSCONFIG).toString('base64'),
      `kind: Secret\ndata: {talosconfig: ${BASE64}}\n`,
      `Here:\n\`\`\`yaml\n${TALOSCONFIG}\`\`\`\n`,
      `talosconfig = <<-EOT\n${TALOSCONFIG}EOT\n`,
      JSON.stringify({ talosconfig: { value: TALOSCONFIG } }),
      `${TALOSCONFIG}---\n${TALOSCONFIG}`,
    ],
    parse: (text) => recogniseAll(Buffer.from(text), 'x'),
  },
  kubeconfig: { samples: [KUBECONFIG], parse: (text) => summarizeKubeconfig(text) },
  'kubeconfig-diff': { samples: [KUBECONFIG], parse: (text) => diffTexts(text, KUBECONFIG) },
  settings: { samples: [SETTINGS], parse: (text) => readSettings(text) },
  credentials: {
    samples: [PEM.repeat(3)],
    parse: (text) => readIdentity({ ca: Buffer.from(text).toString('base64'), crt: text, key: text }, 0),
  },
  'resource-spec': {
    samples: [DEFINITION, 'nodeId: abc\naddresses:\n    - 10.5.0.2\n'],
    parse: (text) => yamlValue(text),
  },
  'resource-definition': { samples: [DEFINITION], parse: (text) => readDefinition('x', text) },
  template: {
    samples: ['{.spec.addresses[0]}{"\\n"}', '{range .items[*]}{.a}{end}', "{.a['b'][1:2]}"],
    parse: (text) => evaluateTemplate(parseTemplate(text), { a: { b: [1, 2, 3] }, items: [{ a: 1 }] }),
    refuses: /^JsonPathError: /,
  },
  selection: {
    samples: ['role:controlplane worker-* !10.5.0.2', '@group, a?c'],
    parse: (text) => resolveSelection(text.slice(0, MAX_LINE), []),
  },
  'talosctl-line': {
    samples: ['talosctl -n 10.5.0.2 get members -o yaml', `talosctl --context "a b" 'services'`],
    parse: (text) => parseTalosctl(text.slice(0, MAX_LINE), COMMANDS),
  },
  protobuf: {
    samples: ['\n\u0010\n\u0006\n\u0004node\u0012\u0006\u0012\u0004v1.9', '\n\u0004\n\u0002\b\u0001'],
    parse: (bytes) => methodOf('/machine.MachineService/Version')?.responseDeserialize(Buffer.from(bytes, 'latin1')),
    // grpc-js makes a status of them.
    refuses:
      /^(Range)?Error: (index out of range|invalid wire type|invalid end group|maximum nesting depth|illegal|invalid varint)/,
  },
  'kubeconfig-archive': {
    samples: [`kubeconfig${'\0'.repeat(90)}0000600\0`.padEnd(512, '\0') + KUBECONFIG],
    parse: (bytes) => readKubeconfigArchive(Buffer.from(bytes, 'latin1')),
  },
  // Kills of a process while it writes come here as one more entry: `parse` starts it with the input as its seed.
};
