import { expect, test } from 'vitest';
import * as layoutFile from '../../src/engine/webgpu/layout.ts';
import { textOf } from './project-files.ts';

// The host writes uniforms by these layouts, the GPU reads them by the WGSL structs.
const structs = {
  sliceLayout: { file: 'shaders/kernels/slice.wgsl', struct: 'Slice' },
  toneLayout: { file: 'shaders/kernels/tone-map.wgsl', struct: 'Tone' },
};

/** Members of a WGSL struct in order: [name, type]. */
function membersOf(source: string, struct: string): readonly (readonly [string, string])[] {
  const bare = source.replace(/\/\/.*$/gm, '');
  const body = new RegExp(`\\bstruct ${struct}\\s*\\{([^}]*)\\}`).exec(bare)?.[1];
  if (body === undefined) throw new Error(`no struct ${struct}`);
  return body
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '')
    .map((member) => {
      const [, name = '', type = ''] = /^(\w+)\s*:\s*(.+)$/s.exec(member) ?? [];
      return [name, type.trim()];
    });
}

test('every layout of the host has its struct named here', () => {
  const layouts = Object.keys(layoutFile).filter((name) => name.endsWith('Layout'));
  expect(layouts.sort()).toEqual(Object.keys(structs).sort());
});

test.each(Object.entries(structs))('%s equals its WGSL struct, member for member', (name, at) => {
  const layout = Object.entries(layoutFile).find(([known]) => known === name)?.[1];
  expect(Object.entries(layout ?? {})).toEqual(membersOf(textOf(at.file), at.struct));
});
