import { describe, expect, test, vi } from 'vitest';
import { tlsSelfTest } from '../../../main/credentials/tls-self-test.ts';

/** What a TLS library offers that leaves Ed25519 out, as BoringSSL does by default. */
const WITHOUT_ED25519 = 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256:rsa_pkcs1_sha256';

describe('tlsSelfTest', () => {
  test('passes with our list of signature algorithms and says how long it took', async () => {
    const result = await tlsSelfTest();

    expect(result.ok).toBe(true);
    expect(result.ok && result.tookMs).toBeGreaterThan(0);
  });

  test.each(['clientAlgorithms', 'serverAlgorithms'])(
    'says in a sentence that Ed25519 is refused (%s)',
    async (side) => {
      const result = await tlsSelfTest({ [side]: WITHOUT_ED25519 });

      expect(result).toEqual({
        ok: false,
        sentence:
          "This build's TLS library refuses Ed25519, which every Talos certificate uses, so no cluster can be reached. " +
          'Please report it with the details.',
        details: expect.stringMatching(/ALERT_HANDSHAKE_FAILURE.*alert number 40 \(Node \d/) as unknown,
      });
    },
  );

  test('does not blame Ed25519 when it could not run', async () => {
    const result = await tlsSelfTest({ clientAlgorithms: 'no_such_algorithm' });

    expect(result).toMatchObject({
      ok: false,
      sentence: "Whether this build's TLS library accepts Ed25519 is not known: the self-test could not be completed.",
    });
  });

  test('leaves nothing open', async () => {
    const servers = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap');

    const running = tlsSelfTest();
    await vi.waitUntil(() => servers().length > 0);
    await running;

    await vi.waitUntil(() => servers().length === 0);
  });
});
