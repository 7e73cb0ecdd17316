import { deflateSync, Inflate } from 'fflate';
import type { Engine } from '../engine/engine.ts';
import { colormap } from '../export/colormaps.ts';
import { choiceText, chooseMapArray } from '../export/map-arrays.ts';
import { toneNames } from '../export/tone.ts';
import { canonicalJson } from '../spec/canonical.ts';
import { RequestError } from '../spec/errors.ts';
import { limits } from '../spec/limits.ts';
import { parseSpecText } from '../spec/parse-text.ts';
import { type Explorable, parseExplorable } from './explorable.ts';
import type { Look } from './look.ts';
import { paintOptionsOf } from './pictures/paint-options.ts';

/** What is shown beside the picture. */
export interface ViewState {
  /** What the axis of learning rates counts: eta itself, or K = A eta / epsilon. */
  readonly unit: 'eta' | 'K';
  /** Whether thresholds known from theory are drawn over the map. */
  readonly thresholds: boolean;
  /** Names of the linked views that are folded, sorted. */
  readonly folded: readonly string[];
}

/** All that a link says: what is computed, how it is drawn, and what is shown beside it. */
export interface LinkState {
  readonly request: Explorable;
  readonly look: Look;
  readonly view: ViewState;
}

export const defaultView: ViewState = { unit: 'eta', thresholds: false, folded: [] };

/** Names of folded views that a link may hold. */
const MOST_FOLDED = 32;

const KEY = '#s=';
/** Characters of a link that are read at all: what browsers keep of an address. */
const LONGEST = 2 ** 16;
const WHERE = 'the link';

/**
 * The engine that an address asks for, by `?engine=webgpu` or `?engine=cpu` before its fragment.
 *
 * @returns undefined where it leaves that to the page.
 * @throws {RequestError} `no-such-engine`.
 */
export function readEngine(search: string): Engine['name'] | undefined {
  const engine = new URLSearchParams(search).get('engine') ?? 'auto';
  if (engine === 'webgpu' || engine === 'cpu') return engine;
  if (engine === 'auto') return undefined;
  throw new RequestError({
    code: 'no-such-engine',
    where: 'the address',
    what: 'asks for an engine that does not exist',
    got: JSON.stringify(engine),
    cure: 'write ?engine=webgpu or ?engine=cpu, or leave it out',
  });
}

/** The fragment of an address for a state: `#s=` and base64url of its deflated canonical JSON. */
export function writeFragment({ request, look, view }: LinkState): string {
  const isUsual = JSON.stringify(view) === JSON.stringify(defaultView);
  const beside = isUsual ? '' : `,"view":${JSON.stringify(view)}`;
  const { map, tone } = look;
  // A measure of another spec is not written: no link could be read that asks for it.
  const { measure } = look.measure === undefined ? {} : paintOptionsOf(request, look);
  const painted = measure === undefined ? '' : `"measure":${JSON.stringify(measure)},`;
  const text = `{"map":${JSON.stringify(map)},${painted}"spec":${canonicalJson(request.spec)},"tone":${JSON.stringify(tone)}${beside}}`;
  const packed = deflateSync(new TextEncoder().encode(text), { level: 9 });
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join('');
  return KEY + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Reads the fragment of an address; it is not trusted.
 *
 * @returns undefined where the address has none of ours.
 * @throws {RequestError} `bad-link` where it is cut or damaged, `limit` where it is too long, and
 *   the codes of `parseSpecText`, `parseExplorable`, `colormap`, `chooseMapArray` and tones.
 */
export function readFragment(fragment: string): LinkState | undefined {
  if (!fragment.startsWith(KEY)) return undefined;
  const document = parseSpecText(unpack(fragment.slice(KEY.length)), WHERE);
  if (typeof document !== 'object' || document === null || !('spec' in document)) {
    throw badLink('holds no spec');
  }
  const { spec, view, ...look }: { spec: unknown; view?: unknown } = document;
  const request = parseExplorable(spec);
  return { request, look: parseLook(look, request), view: parseView(view) };
}

function parseView(view: unknown = defaultView): ViewState {
  if (typeof view !== 'object' || view === null) throw badLink('says nothing of its views');
  const {
    unit = defaultView.unit,
    thresholds = false,
    folded = [],
  }: { unit?: unknown; thresholds?: unknown; folded?: unknown } = view;
  if (unit !== 'eta' && unit !== 'K') throw badLink('asks for an axis that does not exist');
  if (typeof thresholds !== 'boolean') throw badLink('says nothing of the thresholds');
  const isList = Array.isArray(folded) && folded.length <= MOST_FOLDED;
  if (!isList || !folded.every((name) => typeof name === 'string' && /^[a-z-]{1,32}$/.test(name))) {
    throw badLink('folds views that do not exist');
  }
  return { unit, thresholds, folded: [...new Set<string>(folded)].sort() };
}

/** A measure is one of the spec's; one that no map of it has is refused. */
function parseLook(
  { tone = 'auto', map = 'auto', measure }: { tone?: unknown; map?: unknown; measure?: unknown },
  { kind, spec }: Explorable,
): Look {
  const knownTone = tone === 'auto' ? tone : toneNames.find((name) => name === tone);
  if (knownTone === undefined) {
    throw new RequestError({
      code: 'unknown-tone',
      where: WHERE,
      what: 'no such tone map',
      got: JSON.stringify(tone),
      cure: `choose one of ${toneNames.join(', ')}`,
    });
  }
  const look: Look = { tone: knownTone, map: map === 'auto' ? map : colormap(String(map)).name };
  if (measure === undefined || kind !== 'map') return look;
  if (typeof measure !== 'string') throw badLink('says nothing of what it paints');
  return { ...look, measure: choiceText(chooseMapArray(spec, measure)) };
}

function unpack(text: string): string {
  if (text.length > LONGEST) throw tooLong(`${text.length} characters`);
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw badLink('holds characters that no link of ours has');
  let size = 0;
  const parts: Uint8Array[] = [];
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const inflate = new Inflate((part) => {
      size += part.length;
      if (size > limits.specText.most) throw tooLong(`more than ${limits.specText.most} bytes`);
      parts.push(part);
    });
    // In small pieces: deflate packs a thousand to one, and what is too long is refused on the way.
    for (let at = 0; at < packed.length; at += 256) {
      inflate.push(packed.subarray(at, at + 256), at + 256 >= packed.length);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(joined(parts, size));
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    throw badLink(cause instanceof Error ? cause.message : 'cannot be unpacked');
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function badLink(what: string): RequestError {
  return new RequestError({
    code: 'bad-link',
    where: WHERE,
    what: `cannot be read: ${what}`,
    cure: 'it may have been cut on its way: copy it again, whole; a preset is shown instead',
  });
}

function tooLong(got: string): RequestError {
  const { cure } = limits.specText;
  return new RequestError({ code: 'limit', where: WHERE, what: 'is too long', got, cure });
}
