import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { explorablePresets, parseExplorable, presetRequest } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { findPresets, presetGroups } from '../../src/app/objectives/preset-groups.ts';
import { sweepable } from '../../src/app/objectives/ranges.ts';
import { restructured, structureOf } from '../../src/app/objectives/restructure.ts';
import { ruleNames } from '../../src/spec/rules.ts';
import { type Explored, explore, smallFragment } from './explored.ts';

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

describe.each(explorablePresets)('%s', (name) => {
  const { spec } = presetRequest(name);
  // Half a million orbits are too many for every cell of an axis: that is refused.
  const isLarge = spec.ensemble.orbits > 100_000;

  test.skipIf(isLarge)('can be swept over all of its parameters, and back', () => {
    const structure = structureOf(spec);
    for (const parameter of sweepable(spec)) {
      for (const scale of ['linear', 'log'] as const) {
        const sweeps = [{ parameter, scale }];
        const { spec: swept } = parseExplorable(restructured(spec, { ...structure, sweeps }));
        expect(structureOf(swept).sweeps).toEqual(sweeps);
        const back = parseExplorable(restructured(swept, structure)).spec;
        expect(structureOf(back)).toEqual(structure);
      }
    }
  });

  test('can follow every rule', () => {
    for (const rule of ruleNames) {
      const { spec: ruled } = parseExplorable(restructured(spec, { ...structureOf(spec), rule }));
      expect(ruled.optimizer.rule).toBe(rule);
    }
  });
});

describe('the list of presets', () => {
  test('has every preset once, and finds them by all their words', () => {
    const listed = presetGroups.flatMap(({ names }) => names);
    expect([...listed].sort()).toEqual([...explorablePresets].sort());
    expect(presetGroups.map(({ title }) => title)).not.toContain('Others');
    expect(findPresets('Hénon  cubic')).toEqual([
      { title: 'Maps with known answers', names: ['henon'] },
    ]);
    expect(findPresets('no such words')).toEqual([]);
  });

  test('is opened, searched and chosen from with the keyboard alone', async () => {
    explored = await explore(smallFragment('period-doubling', defaultLook), { engine: 'cpu' });
    const { root, session, settle } = explored;
    await settle();
    const button = [...root.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'presets',
    );
    for (let tabs = 0; tabs < 20 && document.activeElement !== button; tabs++) {
      await userEvent.keyboard('{Tab}');
    }
    expect(document.activeElement).toBe(button);
    await userEvent.keyboard('{Enter}');
    const dialog = root.querySelector<HTMLDialogElement>('dialog.preset-list');
    const search = dialog?.querySelector('input');
    const chosen = () => {
      const id = search?.getAttribute('aria-activedescendant') ?? '';
      const option = document.getElementById(id);
      expect(option?.getAttribute('aria-selected')).toBe('true');
      return option?.dataset.preset;
    };
    expect(dialog?.open).toBe(true);
    expect(document.activeElement).toBe(search);
    expect(chosen()).toBe('period-doubling'); // the one that is shown
    await userEvent.keyboard('{Escape}');
    expect(dialog?.open).toBe(false);
    expect(document.activeElement).toBe(button);

    await userEvent.keyboard('{Enter}may 1976'); // whose the logistic map is
    const found = chosen();
    expect(dialog?.querySelectorAll('[role=option]')).toHaveLength(1);
    expect(found).toBe('logistic');
    await userEvent.keyboard('{Backspace>8}');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    const second = chosen();
    await userEvent.keyboard('{Enter}');
    expect(dialog?.open).toBe(false);
    expect(session.state.request.spec.title).toBe(presetRequest(second ?? '').spec.title);
    expect(root.querySelector('.panel .about')?.textContent).toContain('arXiv');
  });
});
