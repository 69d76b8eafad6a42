/**
 * Measures the built lab in headless Chromium against the project's budgets: bytes of the first
 * view, frames while four runs train at full speed, long tasks, the delay of a click on pause, the
 * same frames and tasks while the landscape is in sight, and the duration of the phase diagram.
 *
 *   node scripts/measure-page.mjs [--json] [--site DIR]
 *
 * The figures depend on the machine, so no test asserts them.
 */
/* global document, requestAnimationFrame, window -- of the page, where these functions run */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { createSiteServer, listen } from './site-server.mjs';
import { root } from './steps.mjs';

const option = argv.indexOf('--site');
const site = option > 0 ? argv[option + 1] : join(root, 'dist', 'site');
const server = createSiteServer(site);
const address = await listen(server, 0);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});

/**
 * @param {import('playwright-core').Page} page
 * @param {string} expression
 */
async function until(page, expression) {
  for (let i = 0; i < 1000 && !(await page.evaluate(expression)); i += 1) await page.waitForTimeout(20);
}

/**
 * Measures the bytes that a visitor loads until the first runs train, compressed as a host does.
 */
async function firstView() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  /** @type {Set<string>} */
  const files = new Set();
  page.on('response', (response) => {
    if (response.ok()) files.add(new URL(response.url()).pathname);
  });
  // Time since the navigation began, by the page's own clock.
  await page.addInitScript(() => {
    const look = () => {
      const { model } = /** @type {any} */ (document.querySelector('lab-app') ?? {});
      if ((model?.race.frame?.position ?? 0) > 0) Object.assign(window, { trains: performance.now() });
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.goto(address);
  await until(page, 'window.trains > 0');
  const seconds = Number(await page.evaluate('window.trains')) / 1000;
  await page.waitForTimeout(1500);
  await page.close();
  const sizes = [...files].map((path) => {
    const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
    return { file: path, bytes: gzipSync(readFileSync(file), { level: 9 }).length };
  });
  return { seconds, sizes, bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * Returns the processor time of the page's main thread from a trace: of its longest task, and its
 * share of the trace. Unlike a task's duration it does not contain the time in which other programs
 * had the processor.
 *
 * @param {Buffer} trace
 */
function mainThread(trace) {
  /**
   * @type {{ name: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number,
   *   args: { name?: string } }[]}
   */
  const events = JSON.parse(trace.toString()).traceEvents;
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  // The page has one renderer; others that wait for a page have hardly any tasks.
  const [tasks] = threads
    .map(({ pid, tid }) =>
      events.filter((event) => event.pid === pid && event.tid === tid && /::RunTask$/.test(event.name)),
    )
    .sort((a, b) => b.length - a.length);
  const own = tasks.map(({ tdur = 0 }) => tdur);
  const span = Math.max(...tasks.map(({ ts }) => ts)) - Math.min(...tasks.map(({ ts }) => ts));
  return {
    longestOwn: Math.max(...own) / 1000,
    busy: own.reduce((sum, time) => sum + time, 0) / span,
  };
}

/**
 * Measures frames of the page and of the fields, and long tasks, while four runs train at full
 * speed.
 *
 * @param {{ landscape?: boolean }} [options] whether the landscape is in sight and drawn meanwhile
 */
async function fullSpeed({ landscape = false } = {}) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}#speed=max&steps=10000000`);
  await until(page, "(document.querySelector('lab-app')?.model?.race.frame?.position ?? 0) > 2000");
  if (landscape) {
    await page.evaluate(async () => {
      const app = /** @type {any} */ (document.querySelector('lab-app'));
      await app.showBelow();
      app.renderRoot.querySelector('lab-landscape').scrollIntoView();
    });
    const maps = `document.querySelector('lab-app').renderRoot.querySelector('lab-landscape').maps`;
    // One map for each run, and the shared one.
    await until(page, `${maps}.size === 5`);
  }
  await browser.startTracing(page, { categories: ['toplevel'] });
  await page.waitForTimeout(1000);
  const measured = await page.evaluate(async () => {
    const { model } = /** @type {any} */ (document.querySelector('lab-app'));
    let [frames, fields] = [0, 0];
    /** @type {number[]} */
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: 'longtask' });
    model.race.addEventListener('frame', () => (fields += 1));
    const drawn = /** @type {any} */ (document.querySelector('lab-app')).renderRoot.querySelector(
      'lab-landscape',
    );
    const mapped = new Set(drawn?.maps.values());
    const first = model.race.frame.position;
    const start = performance.now();
    await new Promise((resolve) => {
      const count = () => {
        frames += 1;
        for (const map of drawn?.maps.values() ?? []) mapped.add(map);
        if (performance.now() - start < 6000) requestAnimationFrame(count);
        else resolve(undefined);
      };
      requestAnimationFrame(count);
    });
    const seconds = (performance.now() - start) / 1000;
    return {
      framesPerSecond: frames / seconds,
      fieldsPerSecond: fields / seconds,
      iterationsPerSecond: (model.race.frame.position - first) / seconds,
      longestTask: Math.max(0, ...tasks),
      longTasks: tasks.length,
      mapsPerSecond: mapped.size / seconds,
    };
  });
  const thread = mainThread(await browser.stopTracing());
  const pauses = [];
  for (let i = 0; i < 5; i += 1) {
    pauses.push(
      await page.evaluate(async () => {
        const { model } = /** @type {any} */ (document.querySelector('lab-app'));
        const start = performance.now();
        model.play(false);
        await new Promise((resolve) => {
          const look = () => {
            if (model.race.frame.playing || model.race.frame.catchingUp) requestAnimationFrame(look);
            else resolve(undefined);
          };
          look();
        });
        const still = performance.now() - start;
        const { position } = model.race.frame;
        await new Promise((resolve) => setTimeout(resolve, 300));
        if (model.race.frame.position !== position) throw new Error('The page moved on after pause');
        model.play(true);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return still;
      }),
    );
  }
  await page.close();
  return { ...measured, ...thread, pause: Math.max(...pauses) };
}

/**
 * Measures the phase diagram from its navigation on: until the coarse cells stand, and until all
 * do.
 */
async function phaseDiagram() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}maps.html`);
  const since = async (/** @type {string} */ trainings) => {
    const runner = "document.querySelector('phase-diagram')?.runner";
    for (let i = 0; i < 6000 && !(await page.evaluate(`${runner}?.done >= ${trainings}`)); i += 1)
      await page.waitForTimeout(20);
    return Number(await page.evaluate('performance.now()')) / 1000;
  };
  const picture = await since('36');
  const whole = await since("document.querySelector('phase-diagram').runner.total");
  await page.close();
  return { picture, whole };
}

const view = await firstView();
const speed = await fullSpeed();
const landscape = await fullSpeed({ landscape: true });
const phase = await phaseDiagram();
await browser.close();
server.close();

const rows = [
  {
    what: 'first view, gzip',
    measured: view.bytes / 1000,
    unit: 'KB',
    wanted: 'at most 260',
    reached: view.bytes <= 260e3,
  },
  {
    what: 'until four runs train',
    measured: view.seconds,
    unit: 's',
    wanted: 'within 1',
    reached: view.seconds < 1,
  },
  {
    what: 'frames of the page',
    measured: speed.framesPerSecond,
    unit: 'fps',
    wanted: '55 or more',
    reached: speed.framesPerSecond >= 55,
  },
  {
    what: 'longest main-thread task',
    measured: speed.longestTask,
    unit: 'ms',
    wanted: 'under 50',
    reached: speed.longestTask <= 50,
  },
  {
    what: 'pause until still',
    measured: speed.pause,
    unit: 'ms',
    wanted: 'under 100',
    reached: speed.pause < 100,
  },
  {
    what: 'frames with the landscape',
    measured: landscape.framesPerSecond,
    unit: 'fps',
    wanted: '45 or more',
    reached: landscape.framesPerSecond >= 45,
  },
  {
    what: 'longest task with it',
    measured: landscape.longestTask,
    unit: 'ms',
    wanted: 'under 50',
    reached: landscape.longestTask <= 50,
  },
  {
    what: 'phase diagram, a picture',
    measured: phase.picture,
    unit: 's',
    wanted: 'within 2',
    reached: phase.picture < 2,
  },
  {
    what: 'phase diagram, all of it',
    measured: phase.whole,
    unit: 's',
    wanted: 'under 60',
    reached: phase.whole < 60,
  },
];
if (argv.includes('--json')) {
  console.log(JSON.stringify({ rows, view, speed, landscape, phase }, null, 1));
} else {
  for (const { what, measured, unit, wanted, reached } of rows) {
    console.log(
      `${reached ? '✓' : '✗'} ${what.padEnd(26)} ${measured.toFixed(unit === 's' ? 2 : 1).padStart(8)} ${unit.padEnd(4)} ${wanted}`,
    );
  }
  console.log(
    `  fields drawn ${speed.fieldsPerSecond.toFixed(0)} times a second at ${Math.round(speed.iterationsPerSecond)} iterations a second`,
  );
  console.log(
    `  with the landscape: fields ${landscape.fieldsPerSecond.toFixed(0)} and maps ${landscape.mapsPerSecond.toFixed(1)} times a second, ${landscape.longTasks} tasks over 50 ms`,
  );
  for (const [where, { longestOwn, busy }] of Object.entries({
    'in the first view': speed,
    'with the landscape': landscape,
  }))
    console.log(
      `  main thread ${where}: longest task ${longestOwn.toFixed(1)} ms of its own time, busy ${(100 * busy).toFixed(0)} %`,
    );
  for (const { file, bytes } of view.sizes)
    console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} KB  ${file}`);
}
