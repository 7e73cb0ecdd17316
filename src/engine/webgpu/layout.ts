/** 4-byte WGSL scalars: the only members our uniform structs have, so offsets are 0, 4, 8, … */
export type Scalar = 'f32' | 'i32' | 'u32';
export type Layout = Readonly<Record<string, Scalar>>;
export type ValuesOf<L extends Layout> = { readonly [Name in keyof L]: number };

/** Size of a uniform struct in bytes, padded to 16 as WebGPU binds it. */
export function sizeOf(layout: Layout): number {
  return Math.ceil(Object.keys(layout).length / 4) * 16;
}

/** Bytes of a uniform struct, its members in declaration order; padded to 16 as WebGPU binds it. */
export function packScalars<L extends Layout>(layout: L, values: ValuesOf<L>): ArrayBuffer {
  const names = Object.keys(layout);
  const view = new DataView(new ArrayBuffer(sizeOf(layout)));
  names.forEach((name, index) => {
    const value: number = values[name] ?? 0;
    if (layout[name] === 'f32') view.setFloat32(4 * index, value, true);
    else if (layout[name] === 'i32') view.setInt32(4 * index, value, true);
    else view.setUint32(4 * index, value, true);
  });
  return view.buffer;
}

/** Mirrors `struct Slice` of shaders/kernels/slice.wgsl, member for member. */
export const sliceLayout = {
  columns: 'u32',
  orbits: 'u32',
  orbitsPerGroup: 'u32',
  columnFrom: 'u32',
  itemFrom: 'u32',
  itemEnd: 'u32',
  steps: 'u32',
  stepFrom: 'u32',
  stepFromHigh: 'u32',
  observed: 'u32',
  isWatched: 'u32',
  rowFrom: 'u32',
  rowCount: 'u32',
  isLast: 'u32',
} as const;

/** Mirrors `struct Tone` of shaders/kernels/tone-map.wgsl, member for member. */
export const toneLayout = {
  columns: 'u32',
  bins: 'u32',
  stride: 'u32',
  row: 'u32',
  mode: 'u32',
} as const;
