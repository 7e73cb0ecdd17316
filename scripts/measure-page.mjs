// Measures the built page in headless Chromium, each time in a fresh browser profile:
//
//   npm run build:page
//   node scripts/measure-page.mjs [--runs 5] [--page dist/page]... [--search ?engine=cpu] [--hash '#s=…']
//                                 [--trace file.json]
//
// Prints when the pictures of the first preset are there, counted from the start of the navigation, and
// the longest tasks of the page's thread while real input drags and zooms it, out of a browser trace. With
// `--page` more than once, builds are measured in turns. `--trace` keeps the last trace.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    page: { type: 'string', multiple: true, default: ['dist/page'] },
    search: { type: 'string', default: '' },
    hash: { type: 'string', default: '' },
    trace: { type: 'string' },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number from 1 on');

/** Milliseconds that a task of the page's thread may take. */
const MOST_HELD = 50;
/** Milliseconds before a page is measured, and before it is given up. */
const [SETTLING, PATIENCE] = [2000, 180_000];
const VIEWPORT = { width: 1440, height: 900 };
const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'];
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** Serves a folder on a port of its own. */
async function serve(folder) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const name = path.join(folder, path.normalize(pathname === '/' ? '/index.html' : pathname));
    try {
      const body = await readFile(name);
      response.setHeader('content-type', TYPES[path.extname(name)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Notes in the page when each thing happened first, milliseconds from the start of the navigation. */
function watchPage() {
  const seen = {};
  globalThis.seen = seen;
  const note = (name, time = performance.now()) => {
    seen[name] ??= time;
  };
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) note(name, startTime + duration);
  }).observe({ type: 'measure', buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) note(name, startTime);
  }).observe({ type: 'paint', buffered: true });
  new MutationObserver(() => {
    const state = document.querySelector('#app')?.dataset.state;
    if (state) note(state);
    const built = document.querySelector('.explorer');
    if (built && built.style.visibility !== 'hidden') note('built');
  }).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-state', 'style'],
  });
}

/** Processor time of all processes of the browser, milliseconds. */
async function processorTime(devtools) {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0);
}

/** Waits until an expression is true; asked by the browser's own debugger, which costs the page little. */
async function until(page, expression) {
  const debug = await page.context().newCDPSession(page);
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const { result } = await debug.send('Runtime.evaluate', { expression });
    if (result.value === true) return debug.detach();
    await page.waitForTimeout(20);
  }
  throw new Error(`the page never came to ${expression}`);
}

/** Drags and zooms the map by real input, for about three seconds. */
async function playHands(page) {
  const box = await page.locator('.plot .frame').boundingBox();
  if (!box) throw new Error('there is no map to drag');
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  const rest = (milliseconds) => page.waitForTimeout(milliseconds);
  await page.mouse.move(...at(0.5, 0.5));
  for (let notch = 0; notch < 12; notch++) {
    await page.mouse.wheel(0, notch < 8 ? -120 : 120);
    await rest(60);
  }
  await page.mouse.down();
  for (let step = 0; step <= 30; step++) {
    await page.mouse.move(...at(0.5 + 0.3 * Math.sin(step / 5), 0.5 + 0.005 * step));
    await rest(20);
  }
  await page.mouse.up();
  await rest(500); // a new window is computed
  await page.mouse.wheel(0, -240);
  await rest(700);
}

/** Tasks of the page's thread in a trace: [wall, processor] milliseconds each. */
function tasksOf({ traceEvents }) {
  const busiest = new Map();
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  for (const { name, ph, pid, tid, dur = 0, tdur = 0 } of traceEvents) {
    const thread = `${pid} ${tid}`;
    if (ph !== 'X' || !main.has(thread) || name !== 'RunTask') continue;
    busiest.set(thread, [...(busiest.get(thread) ?? []), [dur / 1000, tdur / 1000]]);
  }
  return [...busiest.values()].flat();
}

async function measure({ address }, launch) {
  const browser = await chromium.launch(launch);
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    const faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const devtools = await browser.newBrowserCDPSession();
    // What the browser does for its own first page is over by then.
    await page.goto(`${address}nothing`);
    await page.waitForTimeout(SETTLING);
    await page.addInitScript(watchPage);
    const before = await processorTime(devtools);
    await page.goto(`${address}${values.search}${values.hash}`, { waitUntil: 'commit' });
    await until(page, `'etascope rough picture' in seen || 'etascope first frame' in seen`);
    const early = (await processorTime(devtools)) - before;
    await until(page, `document.querySelector('#app')?.dataset.state === 'done'`);
    const whole = (await processorTime(devtools)) - before;
    const seen = await page.evaluate(() => globalThis.seen);
    await browser.startTracing(page, { categories: CATEGORIES });
    await playHands(page);
    const trace = await browser.stopTracing();
    if (values.trace) await writeFile(values.trace, trace);
    const tasks = tasksOf(JSON.parse(trace.toString()));
    if (tasks.length === 0) throw new Error('the trace names no task of the page');
    if (faults.length > 0) throw new Error(`the page failed: ${faults.join('; ')}`);
    return {
      'first paint': seen['first-contentful-paint'],
      'page built, and seen': seen.built,
      'rough picture': seen['etascope rough picture'],
      'first frame of the whole': seen['etascope first frame'],
      'whole picture': seen.done,
      'processor time, to the rough picture': early,
      'processor time, to the whole': whole,
      'hands: longest task': Math.max(...tasks.map(([wall]) => wall)),
      'hands: longest task, processor time': Math.max(...tasks.map(([, own]) => own)),
      [`hands: tasks over ${MOST_HELD} ms`]: tasks.filter(([wall]) => wall > MOST_HELD).length,
    };
  } finally {
    await browser.close();
  }
}

function print(name, measured) {
  console.log(`\n${name}, ${measured.length} runs; milliseconds`);
  console.log(`${''.padEnd(38)}${['least', 'median', 'most'].map((n) => n.padStart(9)).join('')}`);
  for (const row of Object.keys(measured[0] ?? {})) {
    const all = measured
      .map((one) => one[row])
      .filter((value) => value !== undefined)
      .sort((a, b) => a - b);
    const of = [all[0], all[all.length >> 1], all.at(-1)];
    const text = of.map((value) => (value === undefined ? '–' : value.toFixed(0)).padStart(9));
    console.log(`${row.padEnd(38)}${text.join('')}`);
  }
}

const { module } = await runnerImport('./test/support/headless-chromium.ts');
const launch = module.headlessChromium();
const servers = await Promise.all(values.page.map(serve));
const measured = values.page.map(() => []);
console.log(`load of the machine ${loadavg()[0].toFixed(1)}`);
for (let run = 0; run < runs; run++) {
  for (const [index, server] of servers.entries())
    measured[index].push(await measure(server, launch));
}
for (const [index, name] of values.page.entries()) print(name, measured[index]);
console.log(`\nload of the machine ${loadavg()[0].toFixed(1)}`);
for (const server of servers) server.close();
