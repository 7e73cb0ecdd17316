/** A GPU whose devices tell what lives on them, and can be lost. */
export interface WatchedGpu {
  readonly gpu: GPU;
  /** Labels of buffers and textures with a label that were made and not destroyed, in order. */
  alive(): readonly string[];
  /** Makes the page believe that its device was lost. */
  lose(message: string): void;
}

/** `navigator.gpu`, watched. */
export function watchGpu(): WatchedGpu {
  const living = new Set<{ label: string }>();
  let lose: (info: GPUDeviceLostInfo) => void = () => {};
  const watch = <T extends GPUBuffer | GPUTexture>(made: T): T => {
    if (made.label === '') return made; // three's own, which it keeps between frames
    living.add(made);
    const destroy = made.destroy.bind(made);
    made.destroy = () => {
      living.delete(made);
      destroy();
      return undefined;
    };
    return made;
  };
  const gpu = {
    async requestAdapter(options?: GPURequestAdapterOptions) {
      const adapter = await navigator.gpu.requestAdapter(options);
      if (!adapter) return null;
      const requestDevice = adapter.requestDevice.bind(adapter);
      adapter.requestDevice = async (descriptor) => {
        const device = await requestDevice(descriptor);
        const createBuffer = device.createBuffer.bind(device);
        const createTexture = device.createTexture.bind(device);
        device.createBuffer = (buffer) => watch(createBuffer(buffer));
        device.createTexture = (texture) => watch(createTexture(texture));
        const lost = new Promise<GPUDeviceLostInfo>((resolve) => {
          lose = resolve;
        });
        Object.defineProperty(device, 'lost', { value: lost });
        return device;
      };
      return adapter;
    },
    getPreferredCanvasFormat: () => navigator.gpu.getPreferredCanvasFormat(),
  };
  return {
    gpu: gpu as unknown as GPU, // the two methods that are used
    alive: () => [...living].map(({ label }) => label).sort(),
    lose: (message) => lose({ reason: 'unknown', message } as GPUDeviceLostInfo),
  };
}
