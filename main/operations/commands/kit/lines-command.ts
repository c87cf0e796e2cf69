import type { MethodReply, MethodRequest } from '../../../talos/method-types.ts';
import type { ReadPath } from '../../../talos/methods.ts';
import type { CommandParams, LinesCommand } from './definition.ts';

type Described = Omit<LinesCommand, 'method' | 'shape' | 'open' | 'columns' | 'picture'>;

/** A command that is one stream of text per node. */
export interface LinesParts<P extends ReadPath<'server'>> extends Described {
  readonly method: P;
  readonly request: (params: CommandParams) => MethodRequest<P>;
  /** What to ask for after a break, so that nothing comes twice: what is written from then on. */
  readonly goOn: (params: CommandParams) => MethodRequest<P>;
  /** Do these parameters leave out what was written before? */
  readonly isOnlyNew: (params: CommandParams) => boolean;
  readonly bytes: (message: MethodReply<P>) => Uint8Array;
}

/** Lets a command that follows text be written with its message types inferred, and be listed with the others. */
export function linesCommand<P extends ReadPath<'server'>>(parts: LinesParts<P>): LinesCommand {
  const { request, goOn, isOnlyNew, bytes, ...described } = parts;
  return {
    ...described,
    shape: 'lines',
    columns: [{ id: 'line', title: 'LINE', kind: 'text' }],
    picture: { kind: 'lines' },
    async *open(caller, params, { goesOn = false, ...call }) {
      // Text that ends by itself is whole or has failed: a rest from elsewhere would look like all of it.
      const resume = (): MethodRequest<P> | undefined => (parts.follows(params) ? goOn(params) : undefined);
      const options = { ...call, resume, isOnlyNew: goesOn || isOnlyNew(params) };
      const first = goesOn ? goOn(params) : request(params);
      for await (const item of caller.resumableStream(parts.method, first, options)) {
        yield item.type === 'gap' ? item : { type: 'item', value: bytes(item.value) };
      }
    },
  };
}
