// Ends the run at the first difference, and tells each step that is done.

import { inspect, isDeepStrictEqual } from "node:util";

export function expect(what, expected, seen) {
  if (isDeepStrictEqual(expected, seen)) return;
  console.log(`FAILED: ${what}\n  expected: ${inspect(expected)}\n  seen:     ${inspect(seen)}`);
  process.exit(1);
}

export async function step(name, done) {
  const result = await done();
  console.log(`ok ${name}`);
  return result;
}
