import type { KernelExports, KernelFunction } from './kernel-text.ts';

/** Kernels that are watched while they run. */
export interface KernelClock {
  /** The same functions. */
  readonly kernels: KernelExports;
  /** Seconds that they ran since this was last asked. */
  takeSeconds(): number;
}

/** Puts a clock around every call: some hundredths of a microsecond, where a call takes tens of them. */
export function watchKernels(kernels: KernelExports): KernelClock {
  let milliseconds = 0;
  const watch =
    (kernel: KernelFunction): KernelFunction =>
    (steps, mark) => {
      const begun = performance.now();
      const left = kernel(steps, mark);
      milliseconds += performance.now() - begun;
      return left;
    };
  return {
    kernels: {
      memory: kernels.memory,
      settle: watch(kernels.settle),
      observe: watch(kernels.observe),
      ...(kernels.settleConfined && { settleConfined: watch(kernels.settleConfined) }),
      ...(kernels.observeConfined && { observeConfined: watch(kernels.observeConfined) }),
      settleEach: watch(kernels.settleEach),
      observeEach: watch(kernels.observeEach),
      ...(kernels.begin && { begin: watch(kernels.begin) }),
      trail: watch(kernels.trail),
      ...(kernels.draw && { draw: watch(kernels.draw) }),
      merge: watch(kernels.merge),
    },
    takeSeconds() {
      const seconds = milliseconds / 1000;
      milliseconds = 0;
      return seconds;
    },
  };
}
