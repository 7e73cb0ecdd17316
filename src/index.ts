// The public API: re-exports only.
export * as analysis from './analysis/index.ts';
export type { EngineOptions } from './engine/choose-engine.ts';
export type { CpuEngine, GrowingCounts, GrowingDensity } from './engine/cpu/cpu-engine.ts';
export type { StartWorker, WorkerPort } from './engine/cpu/worker-port.ts';
export { createEngine } from './engine/create-engine.ts';
export type { Engine, Progress, RunOptions, RunTimings } from './engine/engine.ts';
export { RunError, type RunErrorCode } from './engine/errors.ts';
export type { Provenance, Result, ResultArray } from './engine/result.ts';
export type { LiveDensity, LiveOptions, WebGpuEngine } from './engine/webgpu/webgpu-engine.ts';
export { colormapNames } from './export/colormaps.ts';
export type { Legend } from './export/legend.ts';
export { type MapOptions, paintMap } from './export/map.ts';
export { encodeNpz, resultFromNpz } from './export/npz.ts';
export { paintResult } from './export/paint-result.ts';
export {
  type Painting,
  type PaintOptions,
  type Picture,
  paintDensity,
} from './export/picture.ts';
export { encodePng, provenanceText, readPngText } from './export/png.ts';
export { type ToneName, toneMap, toneNames } from './export/tone.ts';
export { FormulaError } from './formula/errors.ts';
export { type CompiledObjective, compileObjective } from './formula/objective.ts';
export { regimes } from './measure/regime.ts';
export { axisValues } from './spec/axis.ts';
export { canonicalJson, specHash } from './spec/canonical.ts';
export { RequestError } from './spec/errors.ts';
export { limits } from './spec/limits.ts';
export { applyOverrides } from './spec/overrides.ts';
export { parseSpec } from './spec/parse.ts';
export { parseSpecText } from './spec/parse-text.ts';
export { type Preset, presets } from './spec/presets.ts';
export type { SpecInput } from './spec/schema.ts';
export type {
  Axis,
  DensityRequest,
  EscapeRequest,
  FinalRequest,
  Initial,
  JointDensityRequest,
  LyapunovRequest,
  MeasureRequest,
  MomentsRequest,
  Objective,
  PeriodRequest,
  RegimeRequest,
  Spec,
} from './spec/spec.ts';
