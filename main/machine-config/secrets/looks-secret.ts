/** True for a text that nobody should see, wherever it stands: a private key, or an address with what signs in there. */
export const looksSecret = (text: string): boolean => holdsPrivateKey(text) || SIGN_IN.test(text);

/** `https://user:password@host`, `https://token@host`. */
const SIGN_IN = /:\/\/[^\s/?#@"'<>]{1,1000}@/;

/** PEM of a private key, or base64 of it. */
function holdsPrivateKey(text: string): boolean {
  if (text.includes('PRIVATE KEY-----')) return true;
  for (let at = text.indexOf(BASE64_PEM); at !== -1; at = text.indexOf(BASE64_PEM, at + 1)) {
    const begins = Buffer.from(text.slice(at, at + 120), 'base64').toString('latin1');
    if (begins.includes('PRIVATE KEY-----')) return true;
  }
  return false;
}

/** `-----BEGIN ` in base64. */
const BASE64_PEM = 'LS0tLS1CRUdJTi';
