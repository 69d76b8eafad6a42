/**
 * Progress on standard error: one line that is rewritten on a terminal, a new line every few
 * seconds elsewhere.
 */

/** @typedef {import('../pool.js').PoolProgress} PoolProgress */

const MILLISECONDS_ON_TERMINAL = 100;
const MILLISECONDS_ELSEWHERE = 5000;

/** @param {number} seconds */
function duration(seconds) {
  const s = Math.ceil(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** "12 of 130 trainings, 9 %, 1 min 20 s left" @param {PoolProgress} progress */
function progressText({ done, total, fraction, secondsLeft }) {
  const percent = `${Math.floor(100 * fraction)} %`;
  const left = Number.isFinite(secondsLeft) && done < total ? `, ${duration(secondsLeft)} left` : '';
  return `${done} of ${total} trainings, ${percent}${left}`;
}

/**
 * @param {boolean | undefined} wanted default: only on a terminal
 * @returns {{ update: (progress: PoolProgress) => void, end: () => void }}
 */
export function createProgress(wanted) {
  const isTerminal = process.stderr.isTTY;
  if (!(wanted ?? isTerminal)) return { update() {}, end() {} };
  let last = -Infinity;
  let written = false;
  return {
    update(progress) {
      const now = performance.now();
      const wait = isTerminal ? MILLISECONDS_ON_TERMINAL : MILLISECONDS_ELSEWHERE;
      if (progress.done < progress.total && now - last < wait) return;
      last = now;
      written = true;
      process.stderr.write(isTerminal ? `\r\x1b[K${progressText(progress)}` : `${progressText(progress)}\n`);
    },
    end() {
      if (written && isTerminal) process.stderr.write('\r\x1b[K');
    },
  };
}
