import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { unknownError } from '../endpoint/errors.ts';
import { steadyUuid } from '../wire/random.ts';

/** Names the one who asked, so that a follower finds the events of its own order. */
export const actorId = ({ node, nowMs }: AnswerContext): string =>
  steadyUuid(node.facts.seed, node.name, 'actor', nowMs());

/** Reboot, shutdown and rollback: the node goes down two seconds after the answer. */
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
  unary('/machine.MachineService/Rollback', (_request, context) => {
    // The words of sd-boot; the answer names no actor.
    if (!context.node.rollBack(actorId(context))) throw unknownError('previous UKI not found');
    return { messages: [{}] };
  }),
];
