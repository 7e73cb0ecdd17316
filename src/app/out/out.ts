import { orbitStepCount } from '../../spec/columns.ts';
import type { Feature } from '../context.ts';
import { jsonOf, save } from '../download.ts';
import { faultOf } from '../fault.ts';
import { createToolButton } from '../map/tool-button.ts';
import { paintOptionsOf } from '../pictures/paint-options.ts';
import { quantity } from '../quantity.ts';
import { commandWords, shellLine } from './command-line.ts';
import { filmSize, filmTask, filmWords } from './film-order.ts';
import { createMaker } from './maker.ts';
import { followOrigin } from './origin.ts';
import { createOutBox } from './out-box.ts';
import { durationText, requestAt, sizeAt, widths } from './sizes.ts';

/** Pause after the last change before what the box says is renewed, milliseconds. */
const PAUSE = 150;

/** Ways out of the page: pictures, numbers, specs, commands, links and videos. */
export const out: Feature = (context) => {
  const { page, plot, darkroom, events, signal } = context;
  const origin = followOrigin(context);
  const maker = createMaker(() => box);
  const box = createOutBox(maker.cancel, () => opener.element.focus());
  const opener = createToolButton(
    { words: 'save', title: 'Pictures, numbers, commands and videos of what is shown' },
    () => (box.isOpen ? box.close() : open()),
  );
  opener.element.setAttribute('aria-haspopup', 'dialog');
  page.tools.append(opener.element);
  page.figure.append(box.element);
  signal.addEventListener('abort', maker.cancel, { once: true });

  const stem = () => jsonOf(context.state.request.spec).name.replace(/\.json$/, '');
  const present = () => {
    const { request, look } = context.state;
    return { request, look, options: paintOptionsOf(request, look) };
  };
  const afresh = () => {
    const { request, look } = context.state;
    const size = sizeAt(Number(width.value), plot.cells);
    const wide = requestAt(request, context.viewport, size);
    return { request: wide, look, size, options: { ...paintOptionsOf(wide, look), size } };
  };
  const waiting = 'waiting for the picture';

  const copy = async (text: string, words: string, otherwise: string) => {
    try {
      await navigator.clipboard.writeText(text);
      box.say(words);
    } catch {
      box.say(`This browser does not let it be ${otherwise}`);
    }
  };

  const pictures = box.section('Picture (PNG)');
  const ofScreen = box.offer(pictures, {
    words: 'as on the screen',
    title: 'The picture that is shown, a pixel for each of its cells',
    run: () =>
      void maker.make({
        words: waiting,
        name: () => `${stem()}.png`,
        prepare: async () => ({
          kind: 'paint',
          result: await darkroom.result(),
          options: present().options,
        }),
      }),
  });
  const ofAnySize = box.offer(pictures, {
    words: 'computed afresh',
    title: 'The same window, computed anew with a cell for every pixel',
    run: () =>
      void maker.make({
        words: 'computing',
        name: () => `${stem()}-${width.value}.png`,
        prepare() {
          const { request, options } = afresh();
          return { kind: 'print', engine: origin.engine, spec: request.spec, options };
        },
      }),
  });
  const width = document.createElement('select');
  width.className = 'tool';
  width.setAttribute('aria-label', 'Size of the picture computed afresh');
  width.append(...widths.map((pixels) => new Option('', String(pixels))));
  const hint = paragraph('hint');
  pictures.append(width, hint);

  const numbers = box.section('Numbers');
  box.offer(numbers, {
    words: 'arrays (NPZ)',
    title: 'All arrays with their axes and how they were made, for numpy.load',
    run: () =>
      void maker.make({
        words: waiting,
        name: () => `${stem()}.npz`,
        prepare: async () => ({ kind: 'pack', result: await darkroom.result() }),
      }),
  });
  box.offer(numbers, {
    words: 'spec (JSON)',
    title: 'What is computed, for the command line or for editing',
    run() {
      const file = jsonOf(context.state.request.spec);
      save(file);
      box.say(`Saved ${file.name}`);
    },
  });

  const again = box.section('Again, elsewhere');
  const line = document.createElement('pre');
  line.tabIndex = 0;
  line.setAttribute('aria-label', 'Command line that makes the picture');
  again.append(line);
  const isWide = document.createElement('input');
  isWide.type = 'checkbox';
  const label = document.createElement('label');
  label.append(isWide, ' of the picture computed afresh');
  box.offer(again, {
    words: 'copy command line',
    title: 'The command that makes the same file',
    run: () =>
      void copy(line.textContent ?? '', 'Command line copied', 'copied from here: select it'),
  });
  box.offer(again, {
    words: 'copy link',
    title: 'The address of this page, which holds all that is set',
    run: () =>
      void copy(location.href, 'Link copied', 'copied from here; it is in the address bar'),
  });
  again.append(label);

  const films = box.section('Zoom video');
  const ofZoom = box.offer(films, {
    words: 'film the way here',
    title: 'From the first window to the present one',
    run: () =>
      void maker.make({
        words: 'filming',
        name: ({ type }) => `${stem()}.${type.includes('webm') ? 'webm' : 'mp4'}`,
        prepare() {
          const { request, options } = present();
          return filmTask(request, { ...options, size: filmSize }, origin, context.viewport);
        },
      }),
  });
  const filmHint = paragraph('hint');
  films.append(filmHint);

  /** Says what each offer would give now. */
  const renew = () => {
    if (!box.isOpen) return;
    const { request, look } = present();
    const isPicture = request.kind !== 'none';
    for (const option of width.options) {
      const size = sizeAt(Number(option.value), plot.cells);
      option.textContent = `${size.width} × ${size.height}`;
    }
    const isMoved = JSON.stringify(origin.beginning) !== JSON.stringify(context.viewport);
    for (const button of [ofScreen, ofAnySize]) button.disabled = !isPicture;
    ofZoom.disabled = !isPicture || !isMoved;
    filmHint.textContent = filmWords(isMoved);
    try {
      const wide = afresh();
      const steps = origin.taken * orbitStepCount(wide.request.spec);
      hint.textContent = `${quantity(steps)} orbit-steps, ${durationText(steps / origin.rate)}`;
      const file = jsonOf(request.spec);
      const wanted = isWide.checked ? { ...wide, name: `${stem()}-${width.value}` } : { request };
      const words = commandWords(
        { name: stem(), ...wanted, look, engine: origin.engine },
        { name: file.name, spec: request.spec },
      );
      line.textContent = shellLine(words);
    } catch (error) {
      hint.textContent = faultOf(error).sentence;
    }
  };
  let timer = 0;
  const renewSoon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(renew, PAUSE);
  };
  for (const event of ['viewport', 'look', 'request', 'begin', 'result'] as const) {
    events.on(event, renewSoon, signal);
  }
  for (const field of [width, isWide]) field.addEventListener('change', renew, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  const open = () => {
    box.open();
    renew();
    ofScreen.focus();
  };
};

function paragraph(name: string): HTMLElement {
  const made = document.createElement('p');
  made.className = name;
  return made;
}
