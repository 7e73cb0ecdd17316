const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return remainder;
});

/**
 * CRC-32 of `bytes`, as ZIP and PNG use it: an unsigned 32-bit number.
 *
 * @see ISO 3309; PNG specification, annex D
 */
export function crc32(bytes: Uint8Array): number {
  let remainder = 0xffff_ffff;
  for (let index = 0; index < bytes.length; index++) {
    remainder = (table[(remainder ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (remainder >>> 8);
  }
  return ~remainder >>> 0;
}
