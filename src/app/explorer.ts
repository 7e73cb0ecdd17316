import { RunError } from '../engine/errors.ts';
import { deviceLost, noWebGpu, showMessage } from './message-page.ts';
import { beginSession, type Session } from './session.ts';
import { createStudios, type StudioOptions } from './studios.ts';

/** What any engine computes. */
const anything = { precision: 'statistics', optimizer: { rule: 'gd' } } as const;

/**
 * Starts the explorer in `root`; see `beginSession`.
 *
 * It computes with WebGPU on a hardware adapter, and else on the processor. Where an engine is asked for
 * by name and is not there, and when the device is lost later, the page says so and offers to try
 * again.
 *
 * @returns undefined where the engine asked for is not there.
 */
export async function startExplorer(
  root: HTMLElement,
  options: StudioOptions = {},
): Promise<Session | undefined> {
  const restart = () => void startExplorer(root, options);
  let session: Session | undefined;
  const dispose = async () => {
    await session?.dispose();
    await studios.dispose();
  };
  const studios = createStudios(options, {
    stray: (error) => session?.complain(error),
    async lost(reason) {
      await dispose();
      root.dataset.state = 'failed';
      showMessage(root, deviceLost(reason, restart)); // the state is in the address
    },
  });
  try {
    if (options.engine) await studios.of(anything);
  } catch (error) {
    if (!(error instanceof RunError && error.code === 'no-adapter')) throw error;
    root.dataset.state = 'failed';
    showMessage(root, noWebGpu(error.message, restart));
    return undefined;
  }
  const begun = beginSession(root, studios);
  session = begun;
  return {
    get state() {
      return begun.state;
    },
    plot: begun.plot,
    complain: begun.complain,
    dispose,
  };
}
