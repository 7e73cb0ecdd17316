import { encodePng } from '../export/png.ts';
import { resample } from '../export/resample.ts';
import type { Pixels } from './figure.ts';

/**
 * Pixels as a PNG in a URL. More of them than the place has at twice its density are brought down to that by
 * the mean of what each covers; fewer stay as they are, to be enlarged without smoothing.
 *
 * @param width of the place, px
 * @param keepColours whether colours are names, of which no mean can be taken: then the one in the middle stays.
 */
export function imageUrl(
  picture: Pixels,
  width: number,
  height: number,
  keepColours: boolean,
): string {
  const size = {
    width: Math.min(picture.width, Math.max(1, Math.round(2 * width))),
    height: Math.min(picture.height, Math.max(1, Math.round(2 * height))),
  };
  const isSame = size.width === picture.width && size.height === picture.height;
  const shrunk = isSame ? picture : keepColours ? picked(picture, size) : averaged(picture, size);
  return `data:image/png;base64,${base64(encodePng({ ...shrunk, bits: 8 }, {}))}`;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function averaged({ width, height, channels, data }: Pixels, size: Size): Pixels {
  const mean = new Uint8Array(size.width * size.height * channels);
  const cells = (width * height) / (size.width * size.height);
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Float64Array(width * height);
    for (let at = 0; at < counts.length; at++) counts[at] = data[at * channels + channel] ?? 0;
    resample({ width, height, counts }, size).counts.forEach((sum, at) => {
      mean[at * channels + channel] = Math.round(sum / cells);
    });
  }
  return { ...size, channels, data: mean };
}

function picked({ width, height, channels, data }: Pixels, size: Size): Pixels {
  const chosen = new Uint8Array(size.width * size.height * channels);
  for (let row = 0; row < size.height; row++) {
    const from = Math.floor(((2 * row + 1) * height) / (2 * size.height));
    for (let column = 0; column < size.width; column++) {
      const pixel = from * width + Math.floor(((2 * column + 1) * width) / (2 * size.width));
      const target = (row * size.width + column) * channels;
      chosen.set(data.subarray(pixel * channels, (pixel + 1) * channels), target);
    }
  }
  return { ...size, channels, data: chosen };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
