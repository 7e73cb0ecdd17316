import { type Bytes, createBytes, unsigned } from './bytes.ts';
import { localCodes, memoryCodes, plainCodes, typeCodes, vectorCodes } from './opcodes.ts';

/**
 * Encodes a module from WebAssembly text: the part of the language that kernels are written in, one
 * memory, data segments and exported functions, all instructions in folded form.
 *
 * @returns the module, byte for byte what the reference tools make of the text.
 * @throws {SyntaxError} that quotes what is not of that part.
 */
export function encodeWat(text: string): Uint8Array<ArrayBuffer> {
  const tokens = createTokens(text);
  const functions: FunctionCode[] = [];
  let pages = 0;
  let memoryName = '';
  const segments: Bytes[] = [];
  tokens.open('module');
  while (tokens.isOpen()) {
    const field = tokens.open();
    if (field === 'memory') {
      memoryName = exportName(tokens);
      pages = Number(tokens.next());
    } else if (field === 'data') {
      const data = createBytes();
      segments.push(data);
      tokens.open('i32.const');
      data.byte(0); // of memory 0, at a constant address
      data.byte(0x41);
      data.signed(Number(tokens.next()));
      data.byte(0x0b);
      tokens.close();
      const content = bytesOf(tokens.next());
      data.unsigned(content.length);
      data.append(content);
    } else if (field === 'func') functions.push(encodeFunction(tokens));
    else throw new SyntaxError(`not a field of a module: ${field}`);
    tokens.close();
  }
  tokens.close();

  const module = createBytes();
  module.append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const section = (id: number, items: readonly Iterable<number>[]) => {
    const content = createBytes();
    content.unsigned(items.length);
    for (const item of items) content.append(item);
    module.byte(id);
    module.unsigned(content.length);
    module.append(content.all());
  };
  const types = [...new Set(functions.map(({ type }) => type))];
  section(
    1,
    types.map((type) => type.split(' ').map(Number)),
  );
  section(
    3,
    functions.map(({ type }) => unsigned(types.indexOf(type))),
  );
  section(5, [[0, ...unsigned(pages)]]);
  section(7, [
    [...nameBytes(memoryName), 2, 0],
    ...functions.map(({ name }, index) => [...nameBytes(name), 0, ...unsigned(index)]),
  ]);
  section(
    10,
    functions.map(({ body }) => [...unsigned(body.length), ...body]),
  );
  section(
    11,
    segments.map((data) => data.all()),
  );
  return module.all();
}

interface FunctionCode {
  readonly name: string;
  /** Bytes of its type, as text. */
  readonly type: string;
  readonly body: Uint8Array;
}

function encodeFunction(tokens: Tokens): FunctionCode {
  const name = exportName(tokens);
  const parameters: number[] = [];
  const results: number[] = [];
  const runs: { count: number; readonly type: number }[] = []; // of locals of one type
  const places = new Map<string, number>();
  while (['param', 'result', 'local'].includes(tokens.peekOpen())) {
    const kind = tokens.open();
    const local = kind === 'result' ? '' : tokens.next();
    const type = typeCodes[tokens.next()] ?? 0;
    tokens.close();
    if (kind === 'result') results.push(type);
    else places.set(local, places.size);
    if (kind === 'param') parameters.push(type);
    const run = runs.at(-1);
    if (kind !== 'local') continue;
    if (run?.type === type) run.count++;
    else runs.push({ count: 1, type });
  }
  const body = createBytes();
  body.unsigned(runs.length);
  for (const { count, type } of runs) {
    body.unsigned(count);
    body.byte(type);
  }
  const labels: string[] = [];
  while (tokens.isOpen()) encodeInstruction(tokens, body, places, labels);
  body.byte(0x0b);
  const type = [0x60, parameters.length, ...parameters, results.length, ...results].join(' ');
  return { name, type, body: body.all() };
}

/** Encodes one folded instruction: its operands, then itself. */
function encodeInstruction(
  tokens: Tokens,
  to: Bytes,
  places: ReadonlyMap<string, number>,
  labels: string[],
): void {
  const instruction = tokens.open();
  const operands = () => {
    while (tokens.isOpen()) encodeInstruction(tokens, to, places, labels);
  };
  const numbered = (code: readonly number[], number: number | undefined, word: string) => {
    if (number === undefined || number < 0) throw new SyntaxError(`unknown: ${word}`);
    operands();
    for (const byte of code) to.byte(byte);
    to.unsigned(number);
  };
  const [plain, vector] = [plainCodes[instruction], vectorCodes[instruction]];
  const [memory, local] = [memoryCodes[instruction], localCodes[instruction]];
  if (vector !== undefined) numbered([0xfd], vector, instruction);
  else if (local !== undefined) {
    const name = tokens.next();
    numbered([local], places.get(name), name);
  } else if (plain !== undefined) {
    operands();
    to.byte(plain);
  } else if (memory) {
    const offset = tokens.isOpen() ? 0 : Number(tokens.next().replace('offset=', ''));
    numbered([...memory.code, memory.align], offset, instruction);
  } else if (instruction === 'block' || instruction === 'loop') {
    labels.push(tokens.next());
    to.append([instruction === 'block' ? 0x02 : 0x03, 0x40]);
    operands();
    to.byte(0x0b);
    labels.pop();
  } else if (instruction === 'if') {
    encodeInstruction(tokens, to, places, labels); // the condition
    tokens.open('then');
    labels.push('');
    to.append([0x04, 0x40]);
    operands();
    tokens.close();
    to.byte(0x0b);
    labels.pop();
  } else if (instruction === 'br' || instruction === 'br_if') {
    const label = tokens.next();
    const index = labels.lastIndexOf(label);
    const depth = index < 0 ? undefined : labels.length - 1 - index;
    numbered([instruction === 'br' ? 0x0c : 0x0d], depth, label);
  } else if (instruction === 'i32.const') {
    to.byte(0x41);
    to.signed(Number(tokens.next()));
  } else if (instruction === 'f64.const') {
    to.byte(0x44);
    to.append(new Uint8Array(Float64Array.of(Number(tokens.next())).buffer));
  } else if (instruction === 'i8x16.shuffle') {
    const bytes = Array.from({ length: 16 }, () => Number(tokens.next()));
    operands();
    to.append([0xfd, 0x0d, ...bytes]);
  } else if (instruction === 'v128.const') {
    const shape = tokens.next();
    if (shape !== 'i64x2') throw new SyntaxError(`not a shape of constants here: ${shape}`);
    to.append([0xfd, 0x0c]);
    const lanes = BigInt64Array.of(BigInt(tokens.next()), BigInt(tokens.next()));
    to.append(new Uint8Array(lanes.buffer));
  } else throw new SyntaxError(`not an instruction of kernels: ${instruction}`);
  tokens.close();
}

function exportName(tokens: Tokens): string {
  tokens.open('export');
  const name = tokens.next().slice(1, -1);
  tokens.close();
  return name;
}

interface Tokens {
  next(): string;
  /** Whether a bracket opens next. */
  isOpen(): boolean;
  /** The word behind the bracket that opens next; empty where none does. */
  peekOpen(): string;
  /** Takes an opening bracket and the word behind it, which must be `word` if one is given. */
  open(word?: string): string;
  close(): void;
}

function createTokens(text: string): Tokens {
  const all = text.match(/[()]|"[^"]*"|[^\s()"]+/g) ?? [];
  let at = 0;
  const next = () => all[at++] ?? '';
  const expect = (wanted: string) => {
    const got = next();
    if (got !== wanted) throw new SyntaxError(`expected ${wanted}, got ${got || 'the end'}`);
  };
  return {
    next,
    isOpen: () => all[at] === '(',
    peekOpen: () => (all[at] === '(' ? (all[at + 1] ?? '') : ''),
    open(word) {
      expect('(');
      if (word === undefined) return next();
      expect(word);
      return word;
    },
    close: () => expect(')'),
  };
}

/** Bytes of a string of escaped bytes, such as `"\00\ff"`. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text.match(/\\[\da-f]{2}/g) ?? [], (byte) =>
    Number.parseInt(byte.slice(1), 16),
  );
}

function nameBytes(name: string): readonly number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsigned(bytes.length), ...bytes];
}
