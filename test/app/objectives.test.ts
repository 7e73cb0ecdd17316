import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { viewportOf } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { ruleNames } from '../../src/spec/rules.ts';
import { isEqual, pixelsOf, steadyPixels } from '../support/canvas-pixels.ts';
import { leastHeld } from '../support/long-tasks.ts';
import { type Explored, explore, fieldOf, smallFragment, type } from './explored.ts';
import { kindFragment } from './kind-specs.ts';

const doublings = smallFragment('period-doubling', defaultLook);

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

async function start(fragment = doublings): Promise<Explored> {
  explored = await explore(fragment, { engine: 'cpu' });
  await explored.settle();
  return explored;
}

/** Writes into a field without leaving it, as keys do. */
function write(input: HTMLInputElement, text: string): void {
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Makes a choice in a list of the panel, by the words it has there. */
async function choose({ root, settle }: Explored, label: string, words: RegExp): Promise<void> {
  const list = fieldOf(root, label);
  if (!(list instanceof HTMLSelectElement)) throw new Error(`${label} is no list`);
  const option = [...list.options].find(({ text }) => words.test(text));
  if (!option) throw new Error(`${label} has no ${words}`);
  list.value = option.value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}

/** The slider below a field. */
function sliderOf(root: HTMLElement, label: string): HTMLInputElement {
  const row = fieldOf(root, label).closest('.lil-controller')?.nextElementSibling;
  const slider = row?.querySelector<HTMLInputElement>('input[type=range]');
  if (!slider) throw new Error(`${label} has no slider`);
  return slider;
}

function slide(slider: HTMLInputElement, place: number): void {
  slider.value = `${place}`;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
}

const objectiveOf = ({ session }: Explored) => session.state.request.spec.objective;

describe('a formula', () => {
  test('that is wrong has a caret below the place while it is typed, and the picture stays', async () => {
    const explorer = await start();
    const { root, session, canvas } = explorer;
    const { state } = session;
    const before = await steadyPixels(session.plot, canvas);
    const wrong = 'x^2 / 2 + sin(x) * cso(x)';
    write(fieldOf(root, 'macro'), wrong);
    const mark = await vi.waitFor(
      () => {
        const found = root.querySelector('.panel .fault mark');
        if (!found) throw new Error('no fault yet');
        return found;
      },
      { timeout: 20_000 }, // what reads formulas is loaded first
    );
    expect(mark.textContent).toBe('cso');
    const [line = '', carets = ''] = mark.parentElement?.textContent?.split('\n') ?? [];
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('cso');
    const input = fieldOf(root, 'macro');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const description = document.getElementById(input.getAttribute('aria-describedby') ?? '');
    expect(description?.textContent).toContain('did you mean cos?');
    expect(session.state).toBe(state);
    session.plot.render();
    expect(isEqual(pixelsOf(canvas), before)).toBe(true);

    // What was typed outlives a window that is computed meanwhile.
    session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    await explorer.settle();
    expect(fieldOf(root, 'macro').value).toBe(wrong);
    write(fieldOf(root, 'macro'), 'x^2 / 2 + sin(x) * cos(x)');
    await vi.waitFor(() => expect(objectiveOf(explorer).macro).toContain('cos'), {
      timeout: 20_000,
    });
    expect(root.querySelector('.fault')).toBeNull();
    expect(input.hasAttribute('aria-invalid')).toBe(false);
    await explorer.settle();
  });

  test('that is half typed when a window is computed is tried all the same', async () => {
    const explorer = await start();
    const { root, session } = explorer;
    session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    write(fieldOf(root, 'macro'), 'x^2 / 3'); // its pause is longer than that of the window
    await vi.waitFor(() => expect(objectiveOf(explorer).macro).toBe('x^2 / 3'));
    await explorer.settle();
  });

  test('is completed by names that are chosen, and never by others', async () => {
    const explorer = await start();
    const { root } = explorer;
    const input = fieldOf(root, 'macro');
    await userEvent.fill(input, 'x^2 / 2 + 0 * ep');
    const list = document.getElementById(input.getAttribute('aria-controls') ?? '');
    expect(list?.textContent).toBe('epsilon');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(input.value).toBe('x^2 / 2 + 0 * epsilon');
    expect(input.getAttribute('aria-expanded')).toBe('false');
    await userEvent.keyboard('+ 0 * si');
    expect([...(list?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
      'sin( )',
      'sinh( )',
      'sign( )',
    ]);
    await userEvent.keyboard('{Escape}n(x){Enter}');
    expect(input.value).toBe('x^2 / 2 + 0 * epsilon+ 0 * sin(x)');
    await vi.waitFor(() => expect(objectiveOf(explorer).macro).toBe(input.value));
    await explorer.settle();
  });

  test('is drawn: f with its macro part, and a period of the micro part', async () => {
    const { root } = await start();
    const labels = () =>
      [...root.querySelectorAll('.objective-plot svg')].map((svg) => svg.ariaLabel);
    // x^2 / 2 - 0.001 cos(x / 0.001) over [-0.004, 0.004]: from -0.001 to just above 0.001 at pi.
    await vi.waitFor(() =>
      expect(labels()).toEqual([
        'f and f₀ along x, from -0.00100 to 0.00100',
        'f₁ along x / ε, from -1.00 to 1.00',
      ]),
    );
    type(fieldOf(root, 'variables'), 'x, y');
    type(fieldOf(root, 'micro'), '-cos(2 * pi * x)');
    const ends = () =>
      [...root.querySelectorAll('.objective-plot figcaption')].map(
        ({ firstElementChild }) => firstElementChild?.textContent,
      );
    await vi.waitFor(() => expect(ends()[1]).toBe('−0.5')); // its period is 1
    expect(labels().map((label) => label?.replace(/, .*/, ''))).toEqual([
      'f and f₀ along x',
      'f₁ along x / ε',
      'f and f₀ along y',
    ]);
  });
});

describe('a slider', () => {
  test('changes the spec while it moves, in one step of the history, and frees the page', async () => {
    const explorer = await start();
    const { root, session, settle } = explorer;
    const step = vi.spyOn(history, 'pushState'); // its length says nothing: browsers keep 50
    const slider = sliderOf(root, 'ε');
    const held = await leastHeld(3, async () => {
      for (const place of [450, 400, 350, 300]) {
        slide(slider, place);
        await new Promise((resolve) => setTimeout(resolve, 150)); // long enough for a run to begin
      }
    });
    expect(held).toEqual([]);
    // Over [1e-4, 1e-2] by powers of ten: 10^(-4 + 0.6).
    const epsilon = () => session.state.request.spec.objective.epsilon ?? 0;
    await vi.waitFor(() => expect(Math.abs(epsilon() / 10 ** -3.4 - 1)).toBeLessThan(1e-3), {
      timeout: 10_000,
    });
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(step).toHaveBeenCalledOnce();
    expect(Number(fieldOf(root, 'ε').value)).toBe(epsilon());
    expect(slider.value).toBe('300');
  });

  test('has ends that can be edited, and goes along with a value that is typed', async () => {
    const explorer = await start();
    const { root, settle } = explorer;
    const ends = () => {
      const row = sliderOf(root, 'ε').parentElement;
      return [...(row?.querySelectorAll<HTMLInputElement>('input[type=number]') ?? [])];
    };
    const [least, most] = ends();
    if (!least || !most) throw new Error('the slider has no ends');
    least.value = '0.002';
    least.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(objectiveOf(explorer).epsilon).toBe(0.002); // what lies outside comes in
    most.value = '0.001';
    most.dispatchEvent(new Event('change', { bubbles: true }));
    expect(most.getAttribute('aria-invalid')).toBe('true');
    type(fieldOf(root, 'ε'), '0.5');
    await settle();
    expect(ends().map(({ value }) => Number(value))).toEqual([0.05, 5]);
    expect(sliderOf(root, 'ε').value).toBe('500');
  });

  test('stands for every parameter; one that a formula uses cannot be removed', async () => {
    const explorer = await start();
    const { root, settle } = explorer;
    type(fieldOf(root, 'new parameter'), 'a = 0.5');
    type(fieldOf(root, 'macro'), 'a * x^2');
    await settle();
    slide(sliderOf(root, 'a'), 750);
    await vi.waitFor(() => expect(objectiveOf(explorer).parameters).toEqual({ a: 0.75 }));
    const remove = () => root.querySelector<HTMLButtonElement>('.panel .removal');
    remove()?.click();
    expect(root.querySelector('.panel .fault mark')?.textContent).toBe('a');
    expect(objectiveOf(explorer).parameters).toEqual({ a: 0.75 });
    type(fieldOf(root, 'macro'), 'x^2');
    remove()?.click();
    expect(objectiveOf(explorer).parameters).toEqual({});
    expect(remove()).toBeNull();
    await settle();
  });
});

test('what is swept can be any parameter, and the one before keeps a value', async () => {
  const explorer = await start();
  const { root, session } = explorer;
  type(fieldOf(root, 'new parameter'), 'a = 0.5');
  type(fieldOf(root, 'macro'), 'a * x^2');
  await choose(explorer, 'rule', /heavy/);
  const spec = () => session.state.request.spec;
  for (const [words, parameter] of [
    [/^ε/, 'epsilon'],
    [/^momentum/, 'momentum'],
    [/^a$/, 'parameters.a'],
    [/^x at/, 'initial.x'],
    [/^η/, 'eta'],
  ] as const) {
    fieldOf(root, 'sweep').focus();
    await choose(explorer, 'sweep', words);
    expect(spec().axes.map((axis) => axis.parameter)).toEqual([parameter]);
    expect(document.activeElement).toBe(fieldOf(root, 'sweep')); // a new list: the fields have changed
  }
  expect(spec().objective.epsilon).toBeCloseTo(0.00105, 5); // the middle of [1e-4, 2e-3]
  expect(spec().optimizer.momentum).toBeCloseTo(0.5, 6);
  expect(spec().ensemble.initial).toEqual({ x: { uniform: [-0.004, 0.004] } });
  await choose(explorer, '… scale', /log/);
  expect(spec().axes[0]).toMatchObject({ parameter: 'eta', scale: 'log' });
  expect(spec().axes[0]?.from).toBeGreaterThan(0);
  await choose(explorer, 'sweep', /nothing/);
  expect(session.state.request.kind).toBe('curve');
});

test('a second sweep makes a map, and one that is there already is refused beside it', async () => {
  const explorer = await start(kindFragment('numbers'));
  const { root, session } = explorer;
  for (const name of ['orbits', 'keep steps']) type(fieldOf(root, name), '2');
  await choose(explorer, 'sweep', /^η/);
  await choose(explorer, 'and upward', /^ε/);
  expect(session.state.request.kind).toBe('map');
  const { state } = session;
  await choose(explorer, 'sweep', /^ε/);
  const fault = root.querySelector('.panel .fault');
  expect(fault?.previousElementSibling).toBe(
    fieldOf(root, 'and upward').closest('.lil-controller'),
  );
  expect(session.state).toBe(state);
  await choose(explorer, 'and upward', /^η/); // both are exchanged, then
  expect(session.state.request.spec.axes.map(({ parameter }) => parameter)).toEqual([
    'epsilon',
    'eta',
  ]);
});

test('every rule runs, with a momentum where it has one', async () => {
  const explorer = await start();
  const { root, session } = explorer;
  const labels = () =>
    [...root.querySelectorAll('.panel .lil-name')].map(({ textContent }) => textContent);
  for (const rule of ruleNames) {
    const words = {
      gd: /descent/,
      'heavy-ball': /heavy/,
      nesterov: /Nesterov/,
      'stochastic-map': /stochastic/,
      'gradient-flow': /flow/,
    }[rule];
    await choose(explorer, 'rule', words);
    const { optimizer } = session.state.request.spec;
    expect(optimizer.rule).toBe(rule);
    expect(labels().includes('momentum')).toBe(optimizer.momentum !== undefined);
  }
});

test('variables and measures are added and taken away', async () => {
  const explorer = await start();
  const { root, session, settle } = explorer;
  const spec = () => session.state.request.spec;
  type(fieldOf(root, 'variables'), 'x, y');
  type(fieldOf(root, 'macro'), 'x^2 / 2 + y^2');
  await settle();
  expect(spec().ensemble.initial).toHaveProperty('y');
  for (const name of ['λ', 'period']) fieldOf(root, name).click();
  await settle();
  expect(spec().measures.map(({ measure }) => measure)).toEqual(['density', 'lyapunov', 'period']);
  type(fieldOf(root, 'variables'), 'x');
  expect(root.querySelector('.panel .fault mark')?.textContent).toBe('y');
  expect(fieldOf(root, 'variables').value).toBe('x'); // it waits for the formula
  type(fieldOf(root, 'macro'), 'x^2 / 2');
  fieldOf(root, 'λ').click();
  await settle();
  expect(spec().objective.variables).toEqual(['x']);
  expect(spec().measures.map(({ measure }) => measure)).toEqual(['density', 'period']);
  type(fieldOf(root, 'variables'), 'sin');
  expect(root.querySelector('.panel .fault')?.previousElementSibling).toBe(
    fieldOf(root, 'variables').closest('.lil-controller'),
  );
});

test('when orbits have escaped is a formula like the others', async () => {
  const explorer = await start(kindFragment('escapes'));
  const { root, session, settle } = explorer;
  write(fieldOf(root, 'escaped when'), 'x > 0 and y < 1');
  await vi.waitFor(() => expect(root.querySelector('.panel .fault mark')?.textContent).toBe('y'));
  write(fieldOf(root, 'escaped when'), 'x > 0.5');
  type(fieldOf(root, 'most steps'), '100');
  await settle();
  expect(session.state.request.spec.measures).toMatchObject([{ when: 'x > 0.5', horizon: 100 }]);
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '0' }));
  await settle();
  expect(viewportOf(session.state.request).up.to).toBe(101); // there is no longer time to go back to
});
