// The types of the Emscripten module (Emscripten 3.1.6 does not write this file; tests/js compares
// it with the real names). Most functions return their value or an Error, which src/js/lab.js
// throws.

export interface Metrics {
  iteration: number;
  /** may be infinite or NaN */
  cost: number;
  /** 0 … 1 */
  trainAccuracy: number;
  /** 0 … 1, NaN without a test part */
  testAccuracy: number;
}

/** A live C++ object: `delete()` it. */
export interface ModuleSession {
  readonly iteration: number;
  spec(): object | Error;
  network(): object | Error;
  step(n: number): number | Error;
  metrics(): Metrics | Error;
  history(): Metrics[] | Error;
  parameters(): Float64Array | Error;
  setParameters(values: ArrayLike<number>): undefined | Error;
  predict(grid: object, centred: boolean): Float32Array | Error;
  predictUnits(grid: object, most: number): Float32Array[][] | Error;
  predictPoints(points: object): Float64Array | Error;
  diagnostics(largestCosine: boolean, singularValues: boolean): object | Error;
  predictedSignals(): object[] | Error;
  curvature(iterations: number): object | Error;
  landscape(grid: object): Float64Array | Error;
  snapshot(): Uint8Array | Error;
  restore(bytes: Uint8Array): undefined | Error;
  delete(): void;
  isDeleted(): boolean;
}

export interface InitLabModule {
  Session: { prototype: ModuleSession };
  catalogue(): object;
  complete(spec: object): object | Error;
  dataset(spec: object): object | Error;
  /** Keeps the content of a data set's file for later calls. */
  provideDataset(name: string, bytes: Uint8Array): undefined | Error;
  createSession(spec: object): ModuleSession | Error;
  runAll(specs: object[]): object[] | Error;
  weightStandardDeviation(init: object, fanIn: number, fanOut: number): number | Error;
  principalPlane(vectors: object): object | Error;
  planeThrough(vectors: object): object | Error;
  meanField(field: object, start: number): object | Error;
  nextVariance(field: object, q: number): number | Error;
  nextCorrelation(field: object, q: number, correlation: number): number | Error;
  edgeOfChaos(activation: string, biasVariance: number): object | Error;
  residualGrowth(branchScale: number, weightVariance: number, layers: number, slope: number): number | Error;
  normalizedGradientGrowth(activation: string, normalization: string): number | Error;
  shapeTheory(hiddenWidths: number[]): object | Error;
  varianceFactors(standardDeviation: number, fanIn: number, fanOut: number, slope: number): object | Error;
  /** Bytes that malloc has handed out. */
  heapInUse(): number;
}

export default function createInitLab(options: {
  /** The bytes of init_lab.wasm, or instantiateWasm, which passes a running instance to `done`. */
  wasmBinary?: ArrayBuffer | Uint8Array;
  instantiateWasm?: (imports: any, done: (instance: any) => void) => object;
  printErr?: (message: string) => void;
}): Promise<InitLabModule>;
