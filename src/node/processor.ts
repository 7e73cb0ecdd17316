import { availableParallelism, cpus } from 'node:os';

/** The processor, for people and for who shares work out. */
export interface ProcessorView {
  readonly model: string;
  /** Threads that this process may have running at once. */
  readonly cores: number;
  /** Whether Node computes WebAssembly with vectors on it. */
  readonly simd: boolean;
}

/** Looks what processor this process runs on. */
export function surveyProcessor(): ProcessorView {
  return {
    model: cpus()[0]?.model.trim() || 'the processor', // Linux on ARM knows no model
    cores: availableParallelism(),
    simd: typeof WebAssembly === 'object' && WebAssembly.validate(vectorModule), // none with --jitless
  };
}

/** `(module (func (result v128) (i8x16.splat (i32.const 0))))` */
const vectorModule = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic and version
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b], // code
);
