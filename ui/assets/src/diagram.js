export function mountAll() {}
