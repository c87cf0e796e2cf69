import { isIP } from 'node:net';
import { askNodes } from './ask-nodes.ts';
import { CheckUnmet, unmetOf, type Check, type CheckTools } from './check.ts';
import { controlPlanes, serviceCheck } from './service-check.ts';

const INTERVAL_MS = 5_000;

/** Go's `%q` list. */
const quotedList = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;

interface Members {
  readonly node: string;
  /** By name, as they have to agree. */
  readonly byName: ReadonlyMap<string, string>;
}

async function membersOf(tools: CheckTools): Promise<readonly Members[]> {
  const answers = await askNodes(
    controlPlanes(tools),
    tools,
    (node, why) => `error getting etcd member list from node "${node}": ${why}`,
    async (call) => {
      const { value } = await tools.connection.unary('/machine.MachineService/EtcdMemberList', {}, call);
      if (value.messages.length === 0) throw new CheckUnmet(`node "${call.node}": no messages returned`);
      return value.messages.flatMap(({ members }) => members);
    },
  );
  return answers.map(([{ ip: node }, members]) => ({
    node,
    byName: new Map(members.map(({ hostname, id, is_learner: learner }) => [hostname, `${id} ${learner}`])),
  }));
}

const sameMembers: Check = {
  name: 'etcd members to be consistent across nodes',
  intervalMs: INTERVAL_MS,
  async assert(tools) {
    const lists = [...(await membersOf(tools))].sort((a, b) => (a.node < b.node ? -1 : 1));
    const [first, ...others] = lists;
    if (first === undefined) return 'ok';
    const expected = [...first.byName.keys()].sort();
    const errors = others.flatMap(({ node, byName }) => {
      const names = [...byName.keys()].sort();
      if (names.length !== expected.length)
        return [`${node}: expected to have [${expected.join(' ')}] members, got [${names.join(' ')}]`];
      const odd = names.find((name) => first.byName.get(name) !== byName.get(name));
      return odd === undefined ? [] : [`${node}: found unexpected etcd member ${odd}`];
    });
    unmetOf(errors);
    return 'ok';
  },
};

const onControlPlanes: Check = {
  name: 'etcd members to be control plane nodes',
  intervalMs: INTERVAL_MS,
  async assert({ connection, target, nodes, deadlineMs, signal }) {
    const call = { node: target, deadlineMs, signal };
    const { value } = await connection.unary('/machine.MachineService/EtcdMemberList', {}, call);
    const urls = value.messages.flatMap(({ members }) => members).flatMap((member) => member.peer_urls);
    const hosts = urls.map(hostOf);
    const known = new Set(nodes.filter(({ isControlPlane }) => isControlPlane).flatMap(({ ips }) => ips));
    if (hosts.every((host) => known.has(host))) return 'ok';
    throw new CheckUnmet(
      `etcd member ips ${quotedList(hosts)} are not subset of control plane node ips ${quotedList([...known])}`,
    );
  },
};

function hostOf(url: string): string {
  try {
    const { hostname } = new URL(url);
    const bare = hostname.replace(/^\[(.*)\]$/, '$1');
    return isIP(bare) > 0 ? bare : hostname;
  } catch {
    return url.slice(0, 253);
  }
}

/** What a health check looks at of etcd. */
export const ETCD_CHECKS: readonly Check[] = [serviceCheck('etcd to be healthy', 'etcd'), sameMembers, onControlPlanes];
