import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Spec } from './spec.ts';

/**
 * The one text of a spec: JSON without spaces, fields in the order of their names, numbers in the
 * shortest form that reads back as the same float64 (RFC 8785, the JSON Canonicalization Scheme).
 */
export function canonicalJson(spec: Spec): string {
  return JSON.stringify(spec, (_, value: unknown) => sorted(value));
}

/** SHA-256 of the canonical text in UTF-8: 64 hexadecimal digits. Equal specs have equal hashes. */
export function specHash(spec: Spec): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(spec))));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
