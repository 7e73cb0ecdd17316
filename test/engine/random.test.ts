import { expect, test } from 'vitest';
import { philox, unitInterval } from '../../src/engine/random.ts';
import { testDevice } from '../support/device.ts';
import { mapWords } from '../support/gpu-words.ts';

const device = await testDevice();

// Known answers of Random123 (kat_vectors of its examples): counter, key, output of philox4x32-10.
const known = [
  { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

test.each(known)('philox of counter $counter is that of Random123', ({ counter, key, words }) => {
  const made = Uint32Array.from(counter);
  philox(made, key[0] ?? 0, key[1] ?? 0);
  expect([...made]).toEqual(words);
});

test('philox in WGSL is that of Random123', async () => {
  const outputs = await mapWords(device, {
    imports: 'import package::lib::random::philox;',
    body: `let p = philox(vec4u(word(0u), word(1u), word(2u), word(3u)), vec2u(word(4u), word(5u)));
      give(0u, p.x); give(1u, p.y); give(2u, p.z); give(3u, p.w);`,
    inputs: known.map(({ counter, key }) => [...counter, ...key]),
    outputsPerPoint: 4,
  });
  expect(outputs).toEqual(known.map(({ words }) => words));
});

test('the unit interval ends below 1', () => {
  expect(unitInterval(0, 0)).toBe(0);
  expect(unitInterval(0xffffffff, 0xffffffff)).toBe(1 - 2 ** -53);
});
