import type { Result } from '../engine/result.ts';
import { encodeNpz } from '../export/npz.ts';
import { paintResult } from '../export/paint-result.ts';
import { encodePng, provenanceText } from '../export/png.ts';
import type { Spec } from '../spec/spec.ts';
import type { Explorable } from './explorable.ts';
import { paintOptionsOf } from './pictures/paint-options.ts';
import type { Look } from './url-state.ts';

/** A file to be saved. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The picture in the look it is shown in, with its spec inside: byte for byte what the command writes.
 *
 * @throws {RequestError} `no-density` where the result has no picture.
 */
export function pngOf(request: Explorable, result: Result, look: Look): Download {
  const picture = paintResult(result, paintOptionsOf(request, look));
  const bytes = encodePng(picture, provenanceText(result));
  return { name: `${fileName(result.spec)}.png`, type: 'image/png', bytes: owned(bytes) };
}

/** All arrays with their axes, for `numpy.load`. */
export function npzOf(result: Result): Download {
  const bytes = owned(encodeNpz(result));
  return { name: `${fileName(result.spec)}.npz`, type: 'application/zip', bytes };
}

/** The spec, for the command line or for editing. */
export function jsonOf(spec: Spec): Download {
  const bytes = new TextEncoder().encode(`${JSON.stringify(spec, null, 2)}\n`);
  return { name: `${fileName(spec)}.json`, type: 'application/json', bytes };
}

/** Hands a file to the browser's downloads. */
export function save({ name, type, bytes }: Download): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // browsers read it later
}

function fileName({ title }: Spec): string {
  const words =
    title
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 6).join('-') || 'etascope';
}

/** A Blob takes no bytes of shared memory; the encoders never give such. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
