import { link } from 'wesl';

const sources: Record<string, string> = import.meta.glob('./**/*.wgsl', {
  base: '../../shaders',
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface GpuMap {
  /** Further import lines. */
  readonly imports: string;
  /** Further declarations of the module. */
  readonly declarations?: string;
  /** Statements that set `outputs[...]` from `inputs[...]`, both f32; `point` is the invocation. */
  readonly body: string;
  /** f32 [points, inputs per point]. */
  readonly inputs: Float32Array;
  readonly points: number;
  readonly outputsPerPoint: number;
}

/** Runs one invocation per point and reads back f32 [points, outputsPerPoint]. */
export async function mapOnGpu(device: GPUDevice, map: GpuMap): Promise<Float32Array> {
  const { points, outputsPerPoint } = map;
  const text = `${map.imports}
@group(0) @binding(0) var<storage, read> inputs: array<f32>;
@group(0) @binding(1) var<storage, read_write> outputs: array<f32>;
${map.declarations ?? ''}
@compute @workgroup_size(64)
fn probe(@builtin(global_invocation_id) id: vec3u) {
  let point = id.x;
  if (point >= ${points}u) { return; }
  ${map.body}
}`;
  const { dest } = await link({
    weslSrc: { ...sources, './probe.wgsl': text },
    rootModuleName: './probe',
  });
  device.pushErrorScope('validation');
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: dest }) },
  });
  const refused = await device.popErrorScope();
  if (refused) throw new Error(`${refused.message}\n${dest}`);
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const buffer = (size: number, usage: number) => device.createBuffer({ size, usage });
  const size = 4 * points * outputsPerPoint;
  const given = buffer(map.inputs.byteLength, STORAGE | COPY_DST);
  const made = buffer(size, STORAGE | COPY_SRC);
  const staged = buffer(size, MAP_READ | COPY_DST);
  try {
    device.queue.writeBuffer(given, 0, map.inputs as Float32Array<ArrayBuffer>); // never shared memory here
    const layout = pipeline.getBindGroupLayout(0);
    const entries = [given, made].map((of, binding) => ({ binding, resource: { buffer: of } }));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(Math.ceil(points / 64));
    pass.end();
    encoder.copyBufferToBuffer(made, 0, staged, 0, size);
    device.queue.submit([encoder.finish()]);
    await staged.mapAsync(GPUMapMode.READ);
    return new Float32Array(staged.getMappedRange().slice(0));
  } finally {
    for (const each of [given, made, staged]) each.destroy();
  }
}
