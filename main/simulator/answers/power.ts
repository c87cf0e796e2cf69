import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { steadyUuid } from '../wire/random.ts';

/** Names the one who asked, so that a follower finds the events of its own order. */
const actorId = ({ node, nowMs }: AnswerContext): string => steadyUuid(node.facts.seed, node.name, 'actor', nowMs());

/** Reboot and shutdown: the node goes down two seconds after the answer. */
export const powerAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Reboot', (request, context) => {
    const actor = actorId(context);
    context.node.reboot(actor, { force: request.mode === 'FORCE' });
    return { messages: [{ actor_id: actor }] };
  }),
  unary('/machine.MachineService/Shutdown', (request, context) => {
    const actor = actorId(context);
    context.node.shutDown(actor, { force: request.force });
    return { messages: [{ actor_id: actor }] };
  }),
];
