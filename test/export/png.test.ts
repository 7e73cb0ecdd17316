import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { type Picture, paintDensity } from '../../src/export/picture.ts';
import { encodePng, provenanceText, readPngText } from '../../src/export/png.ts';
import { writeChunks } from '../../src/export/png-chunk.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { hasPython, runPython } from './python.ts';
import { smallResult } from './small-result.ts';

const result = smallResult();
const pillow = hasPython('PIL');
const manyColours: Picture = {
  width: 20,
  height: 13,
  channels: 3,
  bits: 8,
  data: Uint8Array.from({ length: 780 }, (_, i) => (i % 3 === 2 ? Math.floor(i / 390) : i)),
};
const pictures: Record<string, Picture> = {
  'grey, 8 bits': paintDensity(result, { map: 'grey' }),
  'grey, 16 bits': paintDensity(result, { map: 'grey_r', bits: 16 }),
  'colour, 8 bits': paintDensity(result),
  'colour, 8 bits, more than 256 colours': manyColours,
  'colour, 16 bits': paintDensity(result, { map: 'viridis', bits: 16 }),
};

/** What a decoder gave, without a palette. */
function pixelsOf({ data, palette }: ReturnType<typeof decode>): number[] {
  return palette ? [...data].flatMap((entry) => palette[entry] ?? []) : [...data];
}

describe.each(Object.entries(pictures))('a PNG, %s', (_, picture) => {
  const file = encodePng(picture, {});

  test('is read by fast-png', () => {
    const read = decode(file, { checkCrc: true });
    expect(read).toMatchObject({
      width: picture.width,
      height: picture.height,
      depth: picture.bits,
    });
    expect(pixelsOf(read)).toEqual([...picture.data]);
  });

  test('has equal bytes for equal pictures', () => {
    expect(encodePng({ ...picture }, {})).toEqual(file);
  });

  test.skipIf(!pillow || (picture.bits === 16 && picture.channels === 3))(
    'is read by Pillow, which has no 16-bit colour',
    () => {
      const pixels = runPython(
        `import io, json, sys
from PIL import Image
image = Image.open(io.BytesIO(sys.stdin.buffer.read()))
image = image.convert('RGB') if image.mode == 'P' else image
flat = image.getdata()
print(json.dumps([v for p in flat for v in (p if isinstance(p, tuple) else (p,))]))`,
        file,
      );
      expect(pixels).toEqual([...picture.data]);
    },
  );
});

test('a colormap fits a palette, so that a file has a byte a pixel', () => {
  expect(decode(encodePng(paintDensity(result), {})).palette?.length).toBeLessThanOrEqual(256);
  expect(decode(encodePng(manyColours, {})).palette).toBeUndefined();
});

describe('the text of a PNG', () => {
  const picture = paintDensity(result);

  test('is spec and provenance of the result: the picture can be made again', () => {
    const text = readPngText(encodePng(picture, provenanceText(result)), 'p.png');
    expect(text.Title).toBe('Période 3 → chaos 🦋');
    expect(parseSpec(JSON.parse(text['etascope-spec'] ?? ''))).toEqual(result.spec);
    expect(JSON.parse(text['etascope-provenance'] ?? '')).toEqual(result.provenance);
  });

  test('survives whatever it is', () => {
    const any = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const keyword = fc.stringMatching(/^[!-~]([ -~]{0,77}[!-~])?$/);
    fc.assert(
      fc.property(fc.dictionary(keyword, any), (text) => {
        expect(readPngText(encodePng(picture, text), 'p.png')).toEqual({ ...text });
      }),
      { seed: 1 },
    );
  });

  test('is read by fast-png where it is Latin-1', () => {
    const text = { Title: 'Période 3', Comment: 'a\nb' };
    expect(decode(encodePng(picture, text)).text).toEqual(text);
  });

  test('is read where another tool has compressed it', () => {
    const bytes = writeChunks([
      { type: 'zTXt', data: Buffer.concat([Buffer.from('a\0\0'), deflateSync('é', {})]) },
      {
        type: 'iTXt',
        data: Buffer.concat([Buffer.from('b\0\x01\0en\0B\0'), deflateSync(Buffer.from('η → 🦋'))]),
      },
      { type: 'tEXt', data: Buffer.from('c\0\x80\xff', 'latin1') },
      { type: 'IEND', data: new Uint8Array() },
    ]);
    expect(readPngText(bytes, 'p.png')).toEqual({ a: 'Ã©', b: 'η → 🦋', c: '\x80\xff' }); // é as UTF-8
  });

  test.each(['', ' a', 'a ', 'η', 'a\0', 'a'.repeat(80)])(
    'cannot have the keyword %j',
    (keyword) => {
      expect(() => encodePng(picture, { [keyword]: 'text' })).toThrow(/no PNG text/);
    },
  );

  test('cannot hold a zero', () => {
    expect(() => encodePng(picture, { a: 'b\0' })).toThrow(/no PNG text/);
  });
});

describe('a file that is no whole PNG is refused', () => {
  const file = encodePng(paintDensity(result), { Title: 'η' });
  const chunk = (type: string, data: string | Uint8Array) =>
    writeChunks([
      { type, data: typeof data === 'string' ? Buffer.from(data, 'latin1') : data },
      { type: 'IEND', data: new Uint8Array() },
    ]);
  const bomb = Buffer.concat([Buffer.from('a\0\0'), deflateSync(new Uint8Array(2 ** 24 + 1))]);

  test.each<[string, Uint8Array, string, string]>([
    ['nothing', new Uint8Array(), 'not-a-png', 'p.png'],
    ['a text', Buffer.from('{}'), 'not-a-png', 'p.png'],
    ['text without a keyword', chunk('tEXt', '\0text'), 'damaged-chunk', 'p.png: tEXt'],
    ['text without a separator', chunk('tEXt', 'text'), 'damaged-chunk', 'p.png: tEXt'],
    ['a cut iTXt', chunk('iTXt', 'a\0\0\0en'), 'damaged-chunk', 'p.png: iTXt'],
    ['a zTXt that is no zlib', chunk('zTXt', 'a\0\0?????'), 'damaged-chunk', 'p.png: zTXt'],
    ['a text bomb', chunk('zTXt', bomb), 'damaged-chunk', 'p.png: zTXt'],
  ])('%s', (_, bytes, code, where) => {
    expect(() => readPngText(bytes, 'p.png')).toThrow(expect.objectContaining({ code, where }));
  });

  test('cut short anywhere', () => {
    for (let length = 8; length < file.length; length++) {
      expect(() => readPngText(file.slice(0, length), 'p.png')).toThrow(
        expect.objectContaining({ code: 'truncated' }),
      );
    }
  });

  test('with any byte changed', () => {
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => readPngText(changed, 'p.png')).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/not-a-png|truncated|damaged-chunk/),
        }),
      );
    }
  });
});
