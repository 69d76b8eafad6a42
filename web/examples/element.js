// Events out of the element, a method into it.

const lab = /** @type {any} */ (document.getElementById('first'));
const output = /** @type {HTMLOutputElement} */ (document.getElementById('progress'));
lab.addEventListener('progress', (/** @type {CustomEvent} */ { detail }) => {
  output.value = `${detail.iteration} of ${detail.iterations} iterations`;
});
document.getElementById('again')?.addEventListener('click', () => {
  lab.reset();
  lab.play();
});
