// The phase diagram's old address: leads to the maps, with the choices that the address holds.

location.replace(`./maps.html${location.search}${location.hash}`);
