import type { Compile } from './compile.ts';
import { packScalars, sizeOf, toneLayout } from './layout.ts';
import { linkKernel } from './link.ts';
import type { Program } from './program.ts';

const LEVELS = 1024; // of shaders/kernels/tone-map.wgsl
const LANES = 64;

/** How visits become brightness; defined in shaders/kernels/tone-map.wgsl and export/tone.ts. */
export type Tone = 'linear' | 'log' | 'rank';

const modes: Readonly<Record<Tone, number>> = { linear: 0, log: 1, rank: 2 };

/** Renews the texture of a density from the counts on the device. */
export interface ToneMapper {
  /** Queues the work; what is drawn later on the same queue sees it. */
  renew(tone: Tone): void;
  dispose(): void;
}

/**
 * A tone mapper from the first density of `program`, counted in `counts`, to `texture`.
 *
 * @param texture format `r32float`, usage `STORAGE_BINDING`, size [columns, bins].
 */
export async function createToneMapper(
  device: GPUDevice,
  compile: Compile,
  { columns, layout, tallyStride }: Program,
  counts: GPUBuffer,
  texture: GPUTexture,
): Promise<ToneMapper> {
  const [density] = layout.densities;
  if (!density) throw new RangeError('the program counts no density');
  const { bins } = density.request;
  const code = await linkKernel('kernels/tone-map.wgsl');
  const entryPoints = ['findLargest', 'countLevels', 'rankLevels', 'writeTones'] as const;
  const [findLargest, countLevels, rankLevels, writeTones] = await Promise.all([
    compile('findLargest', code, entryPoints[0]),
    compile('countLevels', code, entryPoints[1]),
    compile('rankLevels', code, entryPoints[2]),
    compile('writeTones', code, entryPoints[3]),
  ]);
  const { STORAGE, UNIFORM, COPY_DST } = GPUBufferUsage;
  const buffer = (label: string, size: number, usage: number) =>
    device.createBuffer({ label, size, usage: usage | COPY_DST });
  const settings = buffer('tone', sizeOf(toneLayout), UNIFORM);
  const largest = buffer('largest', 4, STORAGE);
  const levels = buffer('levels', 4 * LEVELS, STORAGE);
  const ranks = buffer('ranks', 4 * LEVELS, STORAGE);
  const resources: GPUBindingResource[] = [
    { buffer: settings },
    { buffer: counts },
    { buffer: largest },
    { buffer: levels },
    { buffer: ranks },
    texture.createView(),
  ];
  const bind = (pipeline: GPUComputePipeline, bindings: readonly number[]) =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: bindings.map((binding) => ({
        binding,
        resource: resources[binding] as GPUBindingResource, // six, made above
      })),
    });
  const cells: [number, number] = [columns, Math.ceil(bins / LANES)];
  const passes = {
    largest: { pipeline: findLargest, group: bind(findLargest, [0, 1, 2]), size: cells },
    count: { pipeline: countLevels, group: bind(countLevels, [0, 1, 2, 3]), size: cells },
    rank: { pipeline: rankLevels, group: bind(rankLevels, [3, 4]), size: [1, 1] },
    write: { pipeline: writeTones, group: bind(writeTones, [0, 1, 2, 4, 5]), size: cells },
  } as const;

  return {
    renew(tone) {
      const row = density.start + 1; // its first bin, behind the slot for below
      const values = { columns, bins, stride: tallyStride, row, mode: modes[tone] };
      device.queue.writeBuffer(settings, 0, packScalars(toneLayout, values));
      const encoder = device.createCommandEncoder({ label: 'tone map' });
      encoder.clearBuffer(largest);
      encoder.clearBuffer(levels);
      const pass = encoder.beginComputePass({ label: 'tone map' });
      const { largest: first, count, rank, write } = passes;
      for (const { pipeline, group, size } of tone === 'rank'
        ? [first, count, rank, write]
        : [first, write]) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(size[0], size[1]);
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
    dispose() {
      for (const made of [settings, largest, levels, ranks]) made.destroy();
    },
  };
}
