import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { unknownError } from '../endpoint/errors.ts';
import { podUid } from '../node/cgroup-files.ts';
import { cpuBusySeconds, memoryUsedKb } from '../node/machine-load.ts';
import { containerHash, networkNamespace, podsOf, systemContainers } from '../node/workload.ts';
import { askedPlace, type ContainerPlace } from './containers/place.ts';

const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10.1';
const NANOSECONDS = 1e9;

function containers(place: ContainerPlace, namespace: string, { node }: AnswerContext) {
  if (place === 'empty') return [];
  if (place === 'system') {
    return systemContainers(node).map(({ name, image, pid }) => ({
      namespace,
      id: name,
      uid: '',
      internal_id: name,
      image,
      pid,
      status: 'RUNNING',
      pod_id: name,
      name,
    }));
  }
  return podsOf(node).flatMap((pod) => [
    {
      namespace,
      id: pod.id,
      internal_id: containerHash(node, pod.id),
      image: PAUSE_IMAGE,
      pid: pod.pid,
      uid: podUid(node, pod),
      status: 'SANDBOX_READY',
      pod_id: pod.id,
      name: pod.id,
      network_namespace: networkNamespace(node, pod),
    },
    ...pod.containers.flatMap(({ name, image, pid }) => {
      const restarts = node.machine.restartsOf(`${pod.id}:${name}`);
      const told = (start: number) => {
        const hash = containerHash(node, `${pod.id}:${name}`, start);
        const fixed = { namespace, image, uid: podUid(node, pod), pod_id: pod.id, name };
        return { ...fixed, id: `${pod.id}:${name}:${hash}`, internal_id: hash };
      };
      // The kubelet keeps the last one that ended.
      const ended = restarts === 0 ? [] : [{ ...told(restarts - 1), pid: 0, status: 'CONTAINER_EXITED' }];
      return [...ended, { ...told(restarts), pid, status: 'CONTAINER_RUNNING' }];
    }),
  ]);
}

function stats(place: ContainerPlace, namespace: string, { node, nowMs }: AnswerContext) {
  if (place === 'empty') return [];
  const listed =
    place === 'kubernetes'
      ? podsOf(node).flatMap((pod) =>
          pod.containers.map(({ name, weight }) => ({
            id: `${pod.id}:${name}:${containerHash(node, `${pod.id}:${name}`)}`,
            pod_id: pod.id,
            name,
            weight,
          })),
        )
      : systemContainers(node).map(({ name, weight }) => ({ id: name, pod_id: name, name, weight }));
  const allWeights = listed.reduce((sum, { weight }) => sum + weight, 0);
  const cpuNanoseconds = cpuBusySeconds(node, nowMs()) * node.profile.cpuCount * NANOSECONDS;
  const memoryBytes = memoryUsedKb(node, nowMs()) * 1024;
  return listed.map(({ weight, ...container }) => ({
    namespace,
    ...container,
    memory_usage: String(Math.round((memoryBytes * 0.4 * weight) / allWeights)),
    cpu_usage: String(Math.round((cpuNanoseconds * 0.4 * weight) / allWeights)),
  }));
}

/** The process of a container gets SIGTERM, and who started it starts it again. */
function restart(place: ContainerPlace, id: string, context: AnswerContext): void {
  const found = containers(place, '', context).find((each) => each.id === id || each.id.startsWith(`${id}:`));
  if (found === undefined) throw unknownError(`container "${id}" not found`);
  context.node.machine.restart(found.id.replace(/:[0-9a-f]{12}$/, ''));
}

/** Containers of Talos and of Kubernetes. */
export const containerAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Containers', (request, context) => ({
    messages: [{ containers: containers(askedPlace(request, context.node), request.namespace, context) }],
  })),
  unary('/machine.MachineService/Restart', (request, context) => {
    restart(askedPlace(request, context.node), request.id, context);
    return { messages: [{}] };
  }),
  unary('/machine.MachineService/Stats', (request, context) => ({
    messages: [{ stats: stats(askedPlace(request, context.node), request.namespace, context) }],
  })),
];
