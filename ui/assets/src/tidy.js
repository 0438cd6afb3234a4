const OLDEST = 7 * 24 * 3600 * 1000; // ms

/** Removes entries of this device under `prefix` whose `at` is more than a week ago: they may lie on a shared machine. */
export function tidy(prefix) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const at = Date.parse(JSON.parse(localStorage.getItem(key))?.at ?? "");
      if (!(Date.now() - at < OLDEST)) localStorage.removeItem(key);
    }
  } catch {
    // unreadable storage holds nothing of ours
  }
}
