import { CONFIRM_BRIDGE_NAME } from '../../preload/contract/names.ts';
import type { ConfirmBridge } from '../../preload/contract/plans/confirm.ts';
import { showQuestion } from './show-question.ts';
import '../styles/index.css';
import './confirm.css';

const bridge = (globalThis as unknown as Record<string, ConfirmBridge | undefined>)[CONFIRM_BRIDGE_NAME];

if (bridge) {
  void bridge.question().then((question) => {
    showQuestion(document, question, (answer) => {
      bridge.answer(answer);
    });
  });
}
