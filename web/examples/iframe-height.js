// Gives each Init Lab iframe the height that its page asks for.

addEventListener('message', ({ data, source }) => {
  if (data?.type !== 'init-lab:height' || !(data.height > 0)) return;
  const frame = [...document.querySelectorAll('iframe')].find(
    ({ contentWindow }) => contentWindow === source,
  );
  if (frame) frame.style.height = `${Math.min(Math.ceil(data.height), 20_000)}px`;
});
