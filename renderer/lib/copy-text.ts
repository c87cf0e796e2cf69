/**
 * Puts text on the clipboard through a copy event. `navigator.clipboard` needs a permission and the session grants none.
 * Must run inside a user's action. Answers whether the browser took it.
 */
export function copyText(text: string, document: Document = window.document): boolean {
  let isTaken = false;
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isTaken = event.clipboardData !== null;
  };
  document.addEventListener('copy', onCopy, { capture: true });
  try {
    document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true });
  }
  return isTaken;
}
