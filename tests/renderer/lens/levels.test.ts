import { expect, test } from 'vitest';
import { levelOf, LENS_LEVELS } from '../../../renderer/lens/lines/levels.ts';

test.each([
  ['I0821 16:42:35.123456       1 kubelet.go:123] started', 'info'],
  ['W0821 16:42:35.123456       1 kubelet.go:123] slow', 'warn'],
  ['E0821 16:42:35.123456       1 kubelet.go:123] lost', 'error'],
  ['F0821 16:42:35.123456       1 kubelet.go:123] gone', 'fatal'],
  ['kern:    info: [2026-08-21T16:42:35.123456789Z]: usb 1-1', 'info'],
  ['kern:     err: [2026-08-21T16:42:35.123456789Z]: I/O error', 'error'],
  ['user: warning: [2026-08-21T16:42:35.123456789Z]: [talos] slow', 'warn'],
  ['daemon:   emerg: [2026-08-21T16:42:35Z]: out', 'fatal'],
  ['kern:  notice: [2026-08-21T16:42:35Z]: Linux', 'info'],
  ['{"level":"warn","ts":"2026-08-21T16:42:35Z","msg":"took too long"}', 'warn'],
  ['{"ts":1,"msg":"a","level":"error"}', 'error'],
  ['{"severity":"CRITICAL","message":"x"}', 'fatal'],
  ['{"level":50,"msg":"pino"}', 'error'],
  ['{"level":30,"msg":"pino"}', 'info'],
  ['time="2026-08-21T16:42:35Z" level=warning msg="containerd"', 'warn'],
  ['ts=2026-08-21T16:42:35Z caller=main.go level=debug msg=x', 'debug'],
  ['[INFO] plugin/reload: Running', 'info'],
  ['[error] 12#12: connect() failed', 'error'],
  ['ERROR: no such table', 'error'],
  ['Error: no such table', 'error'],
  ['no error was found', 'none'],
  ['errors=0 warnings=0', 'none'],
  ['INFORMATIONAL is no word of a level', 'none'],
  ['', 'none'],
])('%s is of level %s', (line, level) => {
  expect(LENS_LEVELS[levelOf(line, 0)]).toBe(level);
});

test('a level that stands after the time is found, one far inside a line is not', () => {
  expect(LENS_LEVELS[levelOf('2026-08-21T16:42:35Z WARN late', 21)]).toBe('warn');
  expect(LENS_LEVELS[levelOf(`${'word '.repeat(60)} ERROR`, 0)]).toBe('none');
});
