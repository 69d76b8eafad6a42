// Plays, pauses and moves a race in time, and keeps the iteration in the link.

/**
 * Whether the reader asked the system for less motion. Then nothing plays automatically, and the
 * end of the training is shown at once.
 */
export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Events: `change` when `playing` has changed. */
export class Playback extends EventTarget {
  #store;
  #race;
  #playing = false;
  /** Whether the iteration will be written to the link when the race stops. */
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

  /** Whether the reader wants the race to play. The race may stop on its own. */
  get playing() {
    return this.#playing;
  }

  /** The iteration that the race is at, or is moving to. */
  get position() {
    return this.#store.state.at ?? this.#race.frame?.position ?? 0;
  }

  #follow() {
    const { frame, stale } = this.#race;
    // A frame made before the last command shows an old state.
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

  /** Plays from iteration 0, or shows the end of the training at once. */
  begin() {
    if (reducedMotion()) this.#race.seek(this.#store.state.iterations);
    else this.play(true);
  }

  /**
   * Goes to the iteration of the link, or begins.
   * @param {boolean} autoplay whether it plays if the link names no iteration
   */
  setOff(autoplay) {
    const { at } = this.#store.state;
    if (at !== null) this.#race.seek(at);
    else if (autoplay) this.begin();
  }

  /** Moves a race in a new worker to the reader's iteration, and plays if the old one played. */
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

  /**
   * Sets the iteration in the link, which holds one only while the race is paused.
   * @param {number | null} place
   */
  #setPlace(place) {
    if (place !== this.#store.state.at) this.#store.set({ at: place });
  }
}
