// The address that this code was loaded from. Classic one-file builds use own-address-classic.js
// instead (see scripts/one-file.mjs).

export const ownAddress = import.meta.url;
