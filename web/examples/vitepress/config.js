// .vitepress/config.js: the element’s script in every page, and its name, which Vue must not look up
export default {
  head: [['script', { async: '', src: 'https://your.host/init-lab/init-lab.js' }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'init-lab' } } },
};
