// Where this code was loaded from. In classic one-file builds own-address-classic.js takes its
// place (see scripts/one-file.mjs).

export const ownAddress = import.meta.url;
