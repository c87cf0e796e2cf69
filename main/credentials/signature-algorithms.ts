/**
 * Signature algorithms we offer and accept, in order of preference, for every TLS context of the app.
 *
 * Talos's own PKI is Ed25519. Electron's TLS library (BoringSSL) leaves Ed25519 out of its default list, on both sides:
 * as a client the server answers `handshake_failure` (alert 40), as a server it never gets an Ed25519 client
 * certificate. Naming the list puts it back. The others are for a user's own ECDSA or RSA certificates.
 *
 * BoringSSL refuses the whole list for one name it does not know (`rsa_pss_pss_sha256` is such a name), so a name is
 * added only after tests/interop/boringssl passes with it. docs/adr/0006-one-tls-seam.md has the whole story.
 */
export const SIGNATURE_ALGORITHMS = [
  'ed25519',
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
].join(':');
