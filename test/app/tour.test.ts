import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { presetRequest } from '../../src/app/explorable.ts';
import { stateOf, stepAt } from '../../src/app/tour/step-state.ts';
import { steps } from '../../src/app/tour/steps.ts';
import { readFragment, writeFragment } from '../../src/app/url-state.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

let explored: Explored | undefined;
afterEach(async () => {
  await explored?.end();
  explored = undefined;
});

test.each(steps)(
  'the step "$spec.title" is a link that brings it back, and is known again',
  (step) => {
    const fragment = writeFragment(stateOf(step));
    const state = readFragment(fragment);
    expect(state).toEqual(stateOf(step));
    expect(state && stepAt(steps, state.request)).toBe(steps.indexOf(step));
  },
);

test('no preset is taken for a step, nor a spec that only has the title of one', () => {
  expect(stepAt(steps, presetRequest('period-doubling'))).toBeUndefined();
  const { request } = stateOf(steps[0] as (typeof steps)[number]);
  const other = { ...request, spec: { ...request.spec, optimizer: { rule: 'nesterov' } } };
  expect(stepAt(steps, other as typeof request)).toBeUndefined();
});

test('the tour is walked by buttons and arrow keys, shared by its links, and left by Escape', async () => {
  explored = await explore(smallFragment('logistic', { tone: 'auto', map: 'auto' }), {
    engine: 'cpu',
  });
  const { root, session } = explored;
  const card = root.querySelector<HTMLElement>('.tour');
  const button = [...root.querySelectorAll<HTMLButtonElement>('.tools button')].find(
    ({ textContent }) => textContent === 'tour',
  );
  if (!card || !button) throw new Error('there is no tour');
  expect(card.checkVisibility()).toBe(false);
  button.click();
  const arrives = (at: number) =>
    vi.waitFor(() => {
      expect(session.state.request.spec.title).toBe(steps[at]?.spec.title);
      expect(card.querySelector('h2')?.textContent).toBe(steps[at]?.spec.title);
      expect(card.querySelector('.place')?.textContent).toBe(`${at + 1} / ${steps.length}`);
    });
  await arrives(0);
  expect(card.contains(document.activeElement)).toBe(true);
  expect(card.querySelector('[aria-label="Previous step"]')?.hasAttribute('href')).toBe(false);
  await userEvent.keyboard('{ArrowRight}');
  await arrives(1);
  const on = card.querySelector<HTMLAnchorElement>('[aria-label="Next step"]');
  expect(on && readFragment(new URL(on.href).hash)?.request.spec.title).toBe(steps[2]?.spec.title);
  on?.click();
  await arrives(2);
  await userEvent.keyboard('{ArrowLeft}');
  await arrives(1);
  await userEvent.keyboard('{Escape}');
  expect(card.checkVisibility()).toBe(false);
  expect(document.activeElement).toBe(button);
});

test('who opens the link of a step is on the tour', async () => {
  const last = steps.length - 1;
  const step = steps[last];
  explored = await explore(step ? writeFragment(stateOf(step)) : '', { engine: 'cpu' });
  const card = explored.root.querySelector<HTMLElement>('.tour');
  expect(card?.checkVisibility()).toBe(true);
  expect(card?.querySelector('.place')?.textContent).toBe(`${last + 1} / ${steps.length}`);
});
