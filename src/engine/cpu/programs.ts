import { canonicalJson } from '../../spec/canonical.ts';
import type { Spec } from '../../spec/spec.ts';
import { type CpuProgram, writeCpuProgram } from './program.ts';

/** Programs kept: those of the specs that somebody goes to and fro between. */
const KEPT = 8;

/** Writes programs as `writeCpuProgram` does, and keeps the last ones: a run of milliseconds waits for none. */
export function createPrograms(): typeof writeCpuProgram {
  const written = new Map<string, CpuProgram>();
  return (spec: Spec, columns, isBrief) => {
    const key = `${columns} ${isBrief} ${canonicalJson(spec)}`;
    const program = written.get(key) ?? writeCpuProgram(spec, columns, isBrief);
    written.delete(key);
    written.set(key, program);
    const [oldest] = written.keys();
    if (written.size > KEPT && oldest !== undefined) written.delete(oldest);
    return program;
  };
}
