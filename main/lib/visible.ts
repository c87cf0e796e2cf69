/** Nothing from outside is printed raw: main's side of the one function that page and main share. */
export { hasUnseen, visible, visibleJson, visibleText } from '../../preload/contract/visible.ts';
