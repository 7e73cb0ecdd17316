import type { Spec } from '../spec/spec.ts';

/** A file to be saved. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
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
