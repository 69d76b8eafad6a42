// .vitepress/config.js: loads the element’s script, and keeps Vue from resolving the element.
export default {
  head: [['script', { async: '', src: 'https://your.host/init-lab/init-lab.js' }]],
  vue: {
    template: {
      compilerOptions: { isCustomElement: (/** @type {string} */ tag) => tag === 'init-lab' },
    },
  },
};
