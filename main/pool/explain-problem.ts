import type { FailureParts } from '../lib/failed.ts';
import type { PeerFacts } from './channel-source.ts';
import { joinHostPort, type EndpointAddress, type EndpointProblem } from '../lib/endpoint-address.ts';
import { chooseProxy, type ProxySettings } from './proxy/proxy-choice.ts';
import { explainTransport, type Explain, type TransportProblem } from './transport-failure.ts';

/** Of the endpoint something went wrong with. */
export interface ExplainedEndpoint {
  readonly endpoint: string;
  readonly parsed: EndpointAddress | EndpointProblem;
  readonly proxy: ProxySettings;
  /** Absent: every problem is explained by its code alone. */
  readonly explain: Explain | undefined;
  /** What the endpoint last showed of itself, where it did. */
  readonly peer: PeerFacts | undefined;
  readonly nowMs: number;
}

/** A transport problem in words: by whoever knows TLS where there is an error to look at, else by its code. */
export function explainProblem(problem: TransportProblem, error: unknown, of: ExplainedEndpoint): FailureParts {
  const { endpoint, parsed, explain, peer, nowMs } = of;
  if (error !== undefined && explain && problem.stage !== 'proxy') {
    return explain(error, { endpoint, nowMs, ...(peer && { peer }) });
  }
  const target = 'target' in parsed ? parsed.target : endpoint;
  const proxy = proxyName(parsed, of.proxy);
  return explainTransport(problem, { endpoint, target, ...(proxy !== undefined && { proxy }) });
}

function proxyName(parsed: EndpointAddress | EndpointProblem, settings: ProxySettings): string | undefined {
  if ('problem' in parsed) return undefined;
  const proxy = chooseProxy(settings, parsed);
  return proxy && 'scheme' in proxy ? joinHostPort(proxy.host, proxy.port) : undefined;
}
