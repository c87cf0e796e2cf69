import type { Failure, LensSourceWish } from '../../../preload/contract/index.ts';
import { failure } from '../../lib/failed.ts';

/** The node does not have the container at the moment. */
export function notThere(wish: LensSourceWish): Failure {
  const name = wish.kind === 'container' ? wish.id : wish.node;
  return failure({
    code: 'not-found',
    message: `${wish.node} does not have the container ${name} at the moment.`,
    hint: 'It is followed again when it comes back.',
    where: { node: wish.node },
    retry: 'safe',
  });
}

/** A stream that was to go on came to its end. */
export function endedByNode({ node }: LensSourceWish): Failure {
  return failure({
    code: 'unreachable',
    message: `${node} ended the stream.`,
    hint: 'It is asked for again in a moment.',
    where: { node },
    retry: 'safe',
  });
}

/** Nothing is heard of the node, by an endpoint if one is known. */
export function noAnswer({ node }: LensSourceWish, endpoint: string | undefined): Failure {
  const by = endpoint === undefined ? '' : ` through ${endpoint}`;
  return failure({
    code: 'unreachable',
    message: `${node} gives no sign of life${by}.`,
    hint: 'The lens goes on by itself when it does.',
    where: { node },
    retry: 'safe',
  });
}
