// The page bench.html: `etascope bench` in a browser, the same measurements by the same code.
import { startWebWorker } from '../../engine/cpu/web-worker.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { VERSION } from '../../engine/version.ts';
import { abouts } from '../abouts.ts';
import { bench } from '../bench.ts';
import { type BenchReport, complaintOf, type Surroundings } from '../report.ts';
import { workloads } from '../workloads.ts';
import { laneView } from './lane-view.ts';
import './page.css';

const ROUNDS = 5;
const TARGET = 1;

const workers = globalThis.navigator.hardwareConcurrency;

function surroundings(): Surroundings {
  return {
    date: new Date().toISOString(),
    etascope: VERSION,
    commit: null,
    platform: 'browser',
    processor: 'the processor', // browsers do not tell
    cores: workers,
    runtime: globalThis.navigator.userAgent,
    dawn: null,
    load: null,
  };
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function show(main: HTMLElement): void {
  const start = element('button', 'Measure');
  const stop = element('button', 'Stop');
  const save = element('a', 'Save as JSON');
  const status = element(
    'p',
    'It takes two to three minutes and all of the machine; close what else computes.',
  );
  const bar = element('progress');
  const lanes = element('div');
  const list = element('dl');
  status.role = 'status';
  bar.ariaLabel = 'share of the measurements that are done';
  stop.hidden = true;
  save.hidden = true;
  bar.hidden = true;
  save.download = 'etascope-bench.json';
  for (const [name, about] of Object.entries(abouts)) {
    list.append(element('dt', name), element('dd', about));
  }
  const buttons = element('p');
  buttons.append(start, stop, save);
  main.append(
    element('h1', 'How fast is etascope here?'),
    element(
      'p',
      'Orbit-steps per second of each engine, by the time in which kernels ran, on the wall, and from the text of a spec to the bytes of its NPZ, beside the most that the device could do. Every result is held to a number of theory.',
    ),
    buttons,
    status,
    bar,
    lanes,
    element('h2', 'The workloads'),
    list,
  );
  let stopper = new AbortController();
  const set = (isRunning: boolean) => {
    start.disabled = isRunning;
    stop.hidden = !isRunning;
    bar.hidden = !isRunning;
  };
  const finish = (report: BenchReport) => {
    const complaint = complaintOf(report);
    const told = report.missing.map(({ engine, reason }) => `${engine}: not measured: ${reason}`);
    status.textContent = [complaint ? `Done, but ${complaint}.` : 'Done.', ...told].join(' ');
    URL.revokeObjectURL(save.href);
    const text = `${JSON.stringify(report, null, 2)}\n`;
    save.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    save.hidden = false;
  };
  start.onclick = async () => {
    stopper = new AbortController();
    set(true);
    save.hidden = true;
    lanes.replaceChildren();
    try {
      const report = await bench(
        {
          surroundings: surroundings(),
          engines: ['webgpu', 'cpu'],
          workloads,
          ...asked(),
          signal: stopper.signal,
          onWork: (what, share) => {
            status.textContent = `${what} …`;
            bar.value = share;
          },
          onLane: (lane) => lanes.append(laneView(lane)),
        },
        {
          createEngine: (engine) => createEngine({ engine }),
          startWorker: startWebWorker,
          workers,
        },
      );
      finish(report);
    } catch (error) {
      const isStopped = stopper.signal.aborted;
      lanes.replaceChildren();
      const reason = error instanceof Error ? error.message : String(error);
      status.textContent = isStopped ? 'Stopped; nothing is kept.' : `It failed: ${reason}`;
    } finally {
      set(false);
    }
  };
  stop.onclick = () => stopper.abort(new DOMException('stopped', 'AbortError'));
}

/** `?rounds=9&seconds=2` of the address, where those are numbers that make sense. */
function asked(): { readonly rounds: number; readonly target: number } {
  const query = new URLSearchParams(globalThis.location.search);
  const rounds = Number(query.get('rounds'));
  const target = Number(query.get('seconds'));
  return {
    rounds: Number.isInteger(rounds) && rounds >= 1 && rounds <= 1000 ? rounds : ROUNDS,
    target: target > 0 && target <= 60 ? target : TARGET,
  };
}

const main = document.getElementById('bench');
if (main) show(main);
