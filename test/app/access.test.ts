import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { viewportOf } from '../../src/app/explorable.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

const fragment = smallFragment('logistic', { tone: 'rank', map: 'inferno' });
/** Side of what a finger can hit, CSS pixels. */
const FINGER = 40;

let explored: Explored | undefined;

beforeEach(() => localStorage.clear());
afterEach(async () => {
  await explored?.end();
  explored = undefined;
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});

async function begin(width: number, height: number): Promise<Explored> {
  const begun = await explore(fragment, { engine: 'cpu' });
  explored = begun;
  await page.viewport(width, height);
  begun.root.style.height = `${height}px`;
  await new Promise((resolve) => setTimeout(resolve, 200)); // the new size is noticed
  await begun.settle();
  return begun;
}

function themeButton(root: HTMLElement): HTMLButtonElement {
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('.tools button')];
  const found = buttons.find(({ textContent }) => /^(dark|light)$/.test(textContent ?? ''));
  if (!found) throw new Error('there is no switch of themes');
  return found;
}

function wear(root: HTMLElement, theme: 'dark' | 'light'): void {
  const button = themeButton(root);
  if (button.textContent === theme) button.click(); // it says what it switches to
}

/** Rules of WCAG 2.2 A and AA that the page breaks, and where. */
async function violations(root: HTMLElement): Promise<readonly string[]> {
  const found = await axe.run(root, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { region: { enabled: false } }, // the page of the test has no landmarks around it
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
}

describe.each([
  ['a desk', 1440, 900],
  ['a phone', 390, 844],
])('on the screen of %s', (_, width, height) => {
  test('axe finds nothing wrong, dark or light, with the tour open or not', async () => {
    const { root } = await begin(width, height);
    for (const theme of ['dark', 'light'] as const) {
      wear(root, theme);
      expect(await violations(root), theme).toEqual([]);
    }
    root.querySelector<HTMLButtonElement>('.tools button')?.click();
    expect(root.querySelector('.tour')?.checkVisibility()).toBe(true);
    expect(await violations(root), 'tour').toEqual([]);
  });
});

test('on a phone nothing is cut off at the side, and a finger hits every control', async () => {
  const { root } = await begin(390, 844);
  expect(root.ownerDocument.documentElement.scrollWidth).toBe(390);
  const controls = root.querySelectorAll<HTMLElement>('button, a[href], select, input');
  const small = [...controls]
    .filter((each) => each.checkVisibility() && !each.matches('.skip'))
    .map((each) => ({ each, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < FINGER)
    .map(({ each, box }) => `${each.outerHTML.slice(0, 80)}: ${box.width} x ${box.height}`);
  expect(controls.length).toBeGreaterThan(20);
  expect(small).toEqual([]);
});

test('the keyboard comes to the map past the tools, pans it, and everything focused is seen to be', async () => {
  const { root, session, settle } = await begin(900, 460);
  const before = viewportOf(session.state.request);
  await userEvent.keyboard('{Tab}');
  expect(document.activeElement?.textContent).toBe('Skip to the map');
  await userEvent.keyboard('{Enter}');
  expect(document.activeElement).toBe(session.plot.element);
  await userEvent.keyboard('{ArrowRight}');
  await settle();
  expect(viewportOf(session.state.request).across.from).toBeGreaterThan(before.across.from);
  const unseen: string[] = [];
  let stops = 0;
  const first = session.plot.element;
  do {
    await userEvent.keyboard('{Tab}');
    const focused = document.activeElement;
    if (!focused || focused === document.body) break;
    const shown = focused.matches('.lil-option select') ? focused.nextElementSibling : focused;
    const { outlineStyle } = getComputedStyle(shown ?? focused);
    if (root.contains(focused) && outlineStyle === 'none') unseen.push(focused.outerHTML);
    stops += 1;
  } while (document.activeElement !== first && stops < 100);
  expect(unseen).toEqual([]);
  expect(stops).toBeGreaterThan(15);
});

test('a theme that was chosen is remembered beside the address, and what the system prefers follows it', async () => {
  const { root } = await begin(900, 460);
  const address = location.href;
  const groundOf = () => getComputedStyle(document.body).backgroundColor;
  const ground = groundOf();
  const system = themeButton(root).textContent === 'dark' ? 'light' : 'dark';
  const other = system === 'dark' ? 'light' : 'dark';
  wear(root, other);
  expect(groundOf()).not.toBe(ground);
  expect(location.href).toBe(address);
  await explored?.end();
  const again = await begin(900, 460);
  expect(document.documentElement.dataset.theme).toBe(other);
  wear(again.root, system);
  expect(groundOf()).toBe(ground);
  expect(localStorage.length).toBe(0);
});
