import { RunError } from '../engine/errors.ts';
import { deviceLost, noWebGpu, showMessage } from './message-page.ts';
import { createAllowance } from './recovery.ts';
import { beginSession, type Session } from './session.ts';
import { createStudios, type StudioOptions, type Studios } from './studios.ts';

/** What any engine computes. */
const anything = { precision: 'statistics', optimizer: { rule: 'gd' } } as const;

/**
 * Starts the explorer in `root`; see `beginSession`.
 *
 * It computes with WebGPU on a hardware adapter, and else on the processor. When the device is lost,
 * the page and its run begin again on a new one, in the state that the address says. Where an engine
 * is asked for by name and is not there, and where devices are lost one after another, the page says
 * so and offers to try again.
 *
 * @returns undefined where the engine asked for is not there.
 */
export async function startExplorer(
  root: HTMLElement,
  options: StudioOptions = {},
): Promise<Session | undefined> {
  const allowance = createAllowance();
  let isOver = false;
  let last: Session | undefined;
  let end = async () => {};

  const begin = async (engine: StudioOptions['engine']): Promise<Session | undefined> => {
    let session: Session | undefined;
    const again = () => begin(studios.engine);
    end = async () => {
      end = async () => {};
      await session?.dispose();
      await studios.dispose();
    };
    const studios: Studios = createStudios(
      { ...options, engine },
      {
        stray: (error) => session?.complain(error),
        async lost(reason) {
          await end();
          if (isOver) return;
          if (allowance.take()) {
            (await again())?.complain(onNewDevice(reason));
            return;
          }
          root.dataset.state = 'failed';
          showMessage(root, deviceLost(reason, again)); // the state is in the address
        },
      },
    );
    try {
      if (engine) await studios.of(anything);
    } catch (error) {
      if (!(error instanceof RunError && error.code === 'no-adapter')) throw error;
      root.dataset.state = 'failed';
      showMessage(root, noWebGpu(error.message, again));
      return undefined;
    }
    if (isOver) {
      await end();
      return undefined;
    }
    session = beginSession(root, studios);
    last = session;
    await session.built;
    return session;
  };

  const first = await begin(options.engine);
  if (!first) return undefined;
  const present = () => last ?? first;
  return {
    get state() {
      return present().state;
    },
    get plot() {
      return present().plot;
    },
    get built() {
      return present().built;
    },
    complain: (error) => present().complain(error),
    async dispose() {
      isOver = true;
      await end();
    },
  };
}

function onNewDevice(reason: string): Error {
  const given = reason ? `: ${reason}` : '';
  return new Error(
    `The graphics device was lost${given}. What you were looking at is computed again on a new one.`,
  );
}
