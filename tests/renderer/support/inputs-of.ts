import type { CallName } from '../../../preload/contract/index.ts';
import type { OpenApp } from './open-app.ts';

/** What the page gave each call of this name, in their order. */
export const inputsOf = ({ bridge }: OpenApp, name: CallName): readonly unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
