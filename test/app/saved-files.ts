import { vi } from 'vitest';

/** Files that the page hands to the browser's downloads, in order; none reaches a disk. */
export interface SavedFiles {
  readonly blobs: readonly Blob[];
  /** Bytes of the file saved last. */
  last(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Watches what the page saves, until all mocks are restored. */
export function watchSaved(): SavedFiles {
  const blobs: Blob[] = [];
  const { createObjectURL } = URL;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const isFile = blob instanceof Blob && !blob.type.includes('javascript'); // scripts of workers
    if (isFile) blobs.push(blob);
    return createObjectURL.call(URL, blob);
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  return {
    blobs,
    async last() {
      const blob = blobs.at(-1);
      if (!blob) throw new Error('nothing was saved');
      return new Uint8Array(await blob.arrayBuffer());
    },
  };
}
