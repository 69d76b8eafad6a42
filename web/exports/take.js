export async function takeAway() { return ''; }
