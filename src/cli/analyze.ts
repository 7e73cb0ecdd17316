import { setImmediate } from 'node:timers/promises';
import { chooseColumns, columnOptions } from './analyze/choose-columns.ts';
import { commonOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { printJson } from './report.ts';
import { readResult, refuseChanges } from './result-input.ts';

const usage = 'etascope analyze RESULT.npz [--at VALUE] [--columns N] [--json]';

/** `etascope analyze`: says what a result shows, beside theory. */
export const analyzeCommand: Command = {
  name: 'analyze',
  about: 'say what a result shows, with error bars, beside theory',
  usage,
  options: { ...columnOptions, ...commonOptions },
  operands: ['RESULT.npz'],
  required: 1,
  help: `Says what the measures of a result show, each number with its standard error beside what theory
expects: moments and densities, Lyapunov exponents, thresholds, escape times, regimes. Theory that
does not apply is left out, with the reason. No orbit of the run is computed anew.

  --at VALUE          tell the column at that place of the axis in full; of two axes V,W; repeatable
  --columns N         tell so many columns in full, spread over the axis (default 5)
  --json              the same as JSON, one document on stdout
  --quiet             say nothing but errors

examples
  etascope run period-doubling --out pd.npz && etascope analyze pd.npz
  etascope analyze global-chaos.npz --at 0.1 --at 0.2
  etascope analyze result.npz --json | jq .sections[0].columns`,
  run: async (args, io) => {
    const [operand = ''] = args.operands;
    refuseChanges(args);
    const result = await readResult(operand, io);
    const { analysisOf, analysisJson, analysisText } = await import('./analyze/analysis.ts');
    const { createStudy } = await import('../study/study.ts');
    const study = createStudy(result, chooseColumns(args, result.spec));
    await setImmediate(); // a signal that came meanwhile gets its turn
    io.signal.throwIfAborted();
    const analysis = analysisOf(study);
    if (args.flags.has('json')) printJson(io, analysisJson(study, analysis));
    else if (!args.flags.has('quiet')) io.stdout(analysisText(study, analysis));
    return 0;
  },
};
