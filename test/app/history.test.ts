import { afterEach, expect, test, vi } from 'vitest';
import { viewportOf } from '../../src/app/explorable.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

const logistic = smallFragment('logistic', { tone: 'linear', map: 'grey' });

let explored: Explored | undefined;

afterEach(async () => {
  await explored?.end();
  explored = undefined;
});

const windowOf = ({ session }: Explored) => viewportOf(session.state.request);

async function press(explorer: Explored, key: string) {
  explorer.session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key }));
  await explorer.settle();
  return windowOf(explorer);
}

test('back and forward go through the windows that were computed, and reset goes to the first', async () => {
  const explorer = await explore(logistic, { engine: 'cpu' });
  explored = explorer;
  await explorer.settle();
  const first = windowOf(explorer);
  const second = await press(explorer, '+');
  const third = await press(explorer, 'ArrowUp');
  const go = async (steps: number, to: unknown) => {
    history.go(steps);
    await vi.waitFor(() => expect(windowOf(explorer)).toEqual(to));
    await explorer.settle();
  };
  await go(-1, second);
  await go(-1, first);
  await go(2, third);
  expect(await press(explorer, '0')).toEqual(first);
  await go(-1, third); // a step back from there leads where one was
});

test('a change of colours is no step of the history', async () => {
  explored = await explore(logistic, { engine: 'cpu' });
  await explored.settle();
  const step = vi.spyOn(history, 'pushState'); // its length says nothing: browsers keep 50
  const select = explored.root.querySelector<HTMLSelectElement>('.panel select');
  expect(select).not.toBeNull();
  const tone = [...explored.root.querySelectorAll<HTMLSelectElement>('.panel select')].find(
    ({ options }) => [...options].some(({ text }) => text === 'rank'),
  );
  if (!tone) throw new Error('the panel has no tone');
  tone.value = 'rank';
  tone.dispatchEvent(new Event('change', { bubbles: true }));
  expect(explored.session.state.look.tone).toBe('rank');
  expect(step).not.toHaveBeenCalled();
});

test('an address put there while a window is remembered is followed, not overwritten', async () => {
  const explorer = await explore(logistic, { engine: 'cpu' });
  explored = explorer;
  await explorer.settle();
  const other = smallFragment('period-doubling', { tone: 'linear', map: 'grey' });
  location.hash = other; // the browser tells of it in a later task
  explorer.session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
  const tone = [...explorer.root.querySelectorAll<HTMLSelectElement>('.panel select')].find(
    ({ options }) => [...options].some(({ text }) => text === 'rank'),
  );
  if (!tone) throw new Error('the panel has no tone');
  tone.value = 'rank';
  tone.dispatchEvent(new Event('change', { bubbles: true })); // remembers at once
  await vi.waitFor(() =>
    expect(explorer.session.state.request.spec.title).toMatch(/period doublings/),
  );
  await explorer.settle();
});
