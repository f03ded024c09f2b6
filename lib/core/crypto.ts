import { createHash, randomBytes } from 'node:crypto';
import { base64url, CompactEncrypt, compactDecrypt } from 'jose';
import { env } from './env.ts';

function keyOf(encoded: string): { id: string; key: Uint8Array } {
  const key = base64url.decode(encoded);
  if (key.length !== 32) throw new Error('ENCRYPTION_KEYS must hold keys of 32 bytes in base64url.');
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 12), key };
}

/** Encrypts a secret with the newest key: a compact JWE, direct A256GCM, the key's id in its header. */
export async function seal(secret: string): Promise<string> {
  const [newest] = env().ENCRYPTION_KEYS;
  if (!newest) throw new Error('ENCRYPTION_KEYS is empty.');
  const { id, key } = keyOf(newest);
  return new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: id })
    .encrypt(key);
}

/** Decrypts what `seal` made, with whichever key it was made. Throws if none of the keys fits. */
export async function open(sealed: string): Promise<string> {
  const { plaintext } = await compactDecrypt(
    sealed,
    ({ kid }) => {
      const match = env()
        .ENCRYPTION_KEYS.map(keyOf)
        .find(({ id }) => id === kid);
      if (!match) throw new Error('No key of ENCRYPTION_KEYS fits this secret.');
      return match.key;
    },
    { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
  );
  return new TextDecoder().decode(plaintext);
}

/** An unguessable token of 256 bits that may stand in a URL. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
