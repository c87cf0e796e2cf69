import { isIP } from 'node:net';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { isV1Alpha1, type ConfigDocument } from '../documents/config-document.ts';
import { plainText } from '../documents/scalars.ts';
import { textIn } from '../validate/looked-at.ts';

/** What a config says of the machine it is for. Certificates are public; no keys. */
export interface ConfigFacts {
  /** `controlplane` or `worker`; empty where it says neither. */
  readonly type: string;
  /** What shows to which cluster it belongs, by what it is called: certificates of CAs, the id of the cluster. */
  readonly cluster: Readonly<Record<string, string>>;
  /** Addresses that it gives to the machine, without their prefix lengths. */
  readonly addresses: readonly string[];
}

/** Where addresses of a machine stand, whatever the document. */
const ADDRESS_KEYS: ReadonlySet<string> = new Set(['address', 'addresses', 'cidr', 'ip']);
/** Below these they are addresses of others. */
const OF_OTHERS: ReadonlySet<string> = new Set(['extraHostEntries', 'nameservers', 'neighbors', 'peers']);
/** Kinds whose name is an address that the machine gets. */
const NAMED_BY_ADDRESS: ReadonlySet<string> = new Set(['Layer2VIPConfig', 'HCloudVIPConfig']);

/** Reads them from the documents of a config. */
export function configFactsOf(documents: readonly ConfigDocument[]): ConfigFacts {
  const old = documents.find(isV1Alpha1)?.plain;
  const of = (name: string): PlainMap | undefined => documents.find(({ kind }) => kind.kind === name)?.plain;
  const type = textIn(old, 'machine.type');
  return {
    type: type === 'init' ? 'controlplane' : type,
    cluster: {
      'the CA of Talos': bare(textIn(old, 'machine.ca.crt')),
      'the CA of Kubernetes': bare(
        textIn(old, 'cluster.ca.crt') || textIn(of('KubeAPIServerCAConfig'), 'issuingCA.cert'),
      ),
      'the id of the cluster': textIn(old, 'cluster.id') || textIn(of('DiscoveryIdentityConfig'), 'clusterID'),
    },
    addresses: [...new Set(documents.flatMap(addressesOfDocument))],
  };
}

/** By what a config belongs to another cluster; empty where it does not, or does not say. */
export const otherClusterBy = (before: ConfigFacts, after: ConfigFacts): readonly string[] =>
  Object.entries(after.cluster).flatMap(([what, text]) => {
    const was = before.cluster[what] ?? '';
    return text !== '' && was !== '' && text !== was ? [what] : [];
  });

const addressesOfDocument = ({ kind, name, plain }: ConfigDocument): readonly string[] =>
  NAMED_BY_ADDRESS.has(kind.kind) ? addressesOf(name) : addressesIn(plain);

const bare = (text: string): string => text.replace(/\s/g, '');

function addressesIn(map: PlainMap): readonly string[] {
  return [...map].flatMap(([key, value]) => {
    if (OF_OTHERS.has(key)) return [];
    return ADDRESS_KEYS.has(key) ? addressesOf(value) : below(value);
  });
}

function below(value: PlainValue): readonly string[] {
  if (isPlainMap(value)) return addressesIn(value);
  return isPlainList(value) ? value.flatMap(below) : [];
}

function addressesOf(value: PlainValue): readonly string[] {
  if (isPlainList(value)) return value.flatMap(addressesOf);
  if (isPlainMap(value)) return addressesIn(value);
  const [address = ''] = (plainText(value) ?? '').split('/');
  return isIP(address) === 0 ? [] : [address];
}
