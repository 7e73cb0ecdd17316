import { createEngine } from '../engine/create-engine.ts';
import { RunError } from '../engine/errors.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import { deviceLost, noWebGpu, showMessage } from './message-page.ts';
import { beginSession, type Session } from './session.ts';

/**
 * Starts the explorer in `root`; see `beginSession`.
 *
 * Where there is no WebGPU, and when the device is lost later, the page says so and offers to try
 * again.
 *
 * @param gpu where adapters are looked for: `navigator.gpu`, undefined where there is none.
 * @returns undefined where there is no WebGPU.
 */
export async function startExplorer(
  root: HTMLElement,
  gpu: GPU | undefined,
): Promise<Session | undefined> {
  const restart = () => void startExplorer(root, gpu);
  const engine = await startEngine(gpu);
  if (!engine) {
    root.dataset.state = 'failed';
    showMessage(root, noWebGpu(gpu !== undefined, restart));
    return undefined;
  }
  const session = await beginSession(root, engine);
  let isEnding = false;
  const dispose = async () => {
    isEnding = true;
    await session.dispose();
    engine.dispose();
  };
  void engine.device.lost.then(async ({ reason, message }) => {
    if (reason === 'destroyed' || isEnding) return;
    await dispose();
    root.dataset.state = 'failed';
    showMessage(root, deviceLost(message, restart)); // the state is in the address
  });
  return {
    get state() {
      return session.state;
    },
    plot: session.plot,
    dispose,
  };
}

/** The engine of this browser; undefined where it has none. */
async function startEngine(gpu: GPU | undefined): Promise<WebGpuEngine | undefined> {
  if (!gpu) return undefined;
  try {
    return await createEngine({ engine: 'webgpu', gpu });
  } catch (error) {
    if (error instanceof RunError && error.code === 'no-adapter') return undefined;
    throw error;
  }
}
