import type { Engine } from '../engine/engine.ts';
import type { Feature } from './context.ts';
import './engine-switch.css';
import { quantity } from './quantity.ts';

type Choice = Engine['name'] | 'auto';

const WORDS: Readonly<Record<Choice, string>> = {
  auto: 'best engine',
  webgpu: 'WebGPU',
  cpu: 'CPU',
};
/** Share of a run from which on its rate says something: the first of it compiles and allocates. */
const TELLING = 0.2;

/** A choice of the engine, with the throughput that each was last seen to have; the address keeps it. */
export const engineSwitch: Feature = ({ page, studios, events, compute, signal }) => {
  const select = document.createElement('select');
  select.className = 'tool engine';
  select.title = 'What computes; orbit-steps per second of its last run';
  select.setAttribute('aria-label', 'Engine');
  const options = (['auto', 'webgpu', 'cpu'] as const).map((choice) => {
    const option = document.createElement('option');
    option.value = choice;
    option.textContent = WORDS[choice];
    return { choice, option };
  });
  select.append(...options.map(({ option }) => option));
  select.value = studios.engine ?? 'auto';
  page.tools.append(select);

  let running: Engine['name'] | undefined;
  events.on(
    'begin',
    ({ provenance }) => {
      running = provenance.engine;
    },
    signal,
  );
  let rate = 0;
  events.on(
    'progress',
    ({ orbitStepsPerSecond, share }) => {
      rate = share > TELLING ? orbitStepsPerSecond : 0;
    },
    signal,
  );
  events.on(
    'result',
    () => {
      const used = options.find(({ choice }) => choice === running)?.option;
      if (used && running && rate > 0) {
        used.textContent = `${WORDS[running]} · ${quantity(rate)} steps/s`;
      }
      running = undefined; // a result that is opened was computed elsewhere
    },
    signal,
  );

  select.addEventListener(
    'change',
    () => {
      const engine = options.find(({ choice }) => choice === select.value)?.choice ?? 'auto';
      studios.engine = engine === 'auto' ? undefined : engine;
      const address = new URL(location.href);
      if (engine === 'auto') address.searchParams.delete('engine');
      else address.searchParams.set('engine', engine);
      history.replaceState(history.state, '', address);
      page.notice();
      compute();
    },
    { signal },
  );
};
