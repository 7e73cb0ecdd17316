/** What a canvas of ours shows: [height, width, 3] uint8 from the top; to be called right after it was drawn. */
export function pixelsOf(canvas: HTMLCanvasElement): Uint8Array {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!copy) throw new Error('no 2d canvas');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  return data.filter((_, index) => index % 4 !== 3) as unknown as Uint8Array; // clamped, same bytes
}
