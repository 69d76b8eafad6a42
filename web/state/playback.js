// Playing, pausing and moving in time, and the iteration in the link.

/**
 * Whether the reader asked the system for less motion: nothing plays by itself then, and the end is
 * shown at once.
 */
export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Events: `change` when `playing` has changed. */
export class Playback extends EventTarget {
  #store;
  #race;
  #playing = false;
  /** Whether the link is to name the iteration at which the race comes to rest. */
  #placePending = false;

  /**
   * @param {import('./store.js').Store} store
   * @param {import('../race/race.js').Race} race
   */
  constructor(store, race) {
    super();
    this.#store = store;
    this.#race = race;
    race.addEventListener('frame', () => this.#follow());
  }

  /** Whether the reader wants the race to play. The race may stop by itself. */
  get playing() {
    return this.#playing;
  }

  /** The iteration that the race is at or goes to. */
  get position() {
    return this.#store.state.at ?? this.#race.frame?.position ?? 0;
  }

  #follow() {
    const { frame, stale } = this.#race;
    // A frame from before the last command still shows the old state.
    if (frame === null || stale) return;
    if (!frame.playing && this.#playing) {
      this.#playing = false;
      this.dispatchEvent(new Event('change'));
    }
    if (this.#placePending) {
      this.#placePending = false;
      this.#setPlace(frame.position);
    }
  }

  /** @param {boolean} playing */
  play(playing) {
    this.#playing = playing;
    this.#race.play(playing);
    this.#placePending = !playing;
    if (playing) this.#setPlace(null);
    this.dispatchEvent(new Event('change'));
  }

  /** Trains, or shows the end of the training at once. */
  begin() {
    if (reducedMotion()) this.#race.seek(this.#store.state.iterations);
    else this.play(true);
  }

  /**
   * Goes to the iteration of the link, or begins.
   * @param {boolean} autoplay whether it begins where the link names no iteration
   */
  setOff(autoplay) {
    const { at } = this.#store.state;
    if (at !== null) this.#race.seek(at);
    else if (autoplay) this.begin();
  }

  /** Gives a race in a new worker what the reader had: the iteration, and whether it plays. */
  resume() {
    this.#race.seek(this.position);
    if (this.#playing) this.#race.play(true);
  }

  /** @param {number} iteration */
  seek(iteration) {
    if (this.#playing) this.play(false);
    this.#placePending = false;
    const place = Math.max(0, Math.min(this.#store.state.iterations, Math.round(iteration)));
    this.#race.seek(place);
    this.#setPlace(place);
  }

  /** Goes to iteration 0 with the same weights. */
  reset() {
    this.#race.seek(0);
    this.#setPlace(this.#playing ? null : 0);
  }

  /** The iteration is part of the link while the race rests. @param {number | null} place */
  #setPlace(place) {
    if (place !== this.#store.state.at) this.#store.set({ at: place });
  }
}
