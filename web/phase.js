// The phase diagram's old address: redirects to the maps with the choices in the address.

location.replace(`./maps.html${location.search}${location.hash}`);
