import { afterEach, expect, test, vi } from 'vitest';
import { parseExplorable } from '../../src/app/explorable.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { leastHeld } from '../support/long-tasks.ts';
import { type Explored, explore, fieldOf } from './explored.ts';
import { kindFragment, kindSpecs } from './kind-specs.ts';

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

test('a map never holds the page up for 50 ms: computed, opened from a file, or painted anew', async () => {
  const explorer = await explore(kindFragment('map'), { engine: 'cpu' });
  explored = explorer;
  const { root, session } = explorer;
  await explorer.settle();
  const computed = await leastHeld(3, async () => {
    session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    await explorer.settle();
  });
  expect(computed).toEqual([]);

  const [width, height] = [1280, 720];
  const { spec } = parseExplorable({
    ...kindSpecs.map,
    axes: kindSpecs.map.axes.map((axis, i) => ({ ...axis, count: i === 0 ? width : height })),
    steps: { skip: 1, keep: 30 },
    measures: [{ measure: 'lyapunov' }],
  });
  const engine = await createEngine({ engine: 'cpu' });
  const bytes = encodeNpz(await engine.run(spec));
  engine.dispose();
  const files = [1, 2, 3].map((number) => new File([bytes], `${number}.npz`));
  let opened = 0;
  const held = await leastHeld(3, async () => {
    opened += 1;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(files[opened - 1] ?? new File([], ''));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    await vi.waitFor(() => expect(root.textContent).toContain(`Opened ${opened}.npz`), {
      timeout: 20_000,
    });
  });
  expect(held).toEqual([]);

  const key = () => root.querySelector('.key .what')?.textContent;
  const choices = ['distinct', 'lyapunov_stderr[0]', 'diverged'];
  const painted = await leastHeld(3, async () => {
    const [choice = ''] = choices.splice(0, 1);
    const select = fieldOf(root, 'measure');
    select.value = choice;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(key()).toBe(choice), { timeout: 20_000 });
  });
  expect(painted).toEqual([]);
});
