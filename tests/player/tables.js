// The tables that Python has written for these tests, in the folder that TABLES names.

import { readFileSync } from "node:fs";
import { join } from "node:path";

export function readTable(name) {
  return JSON.parse(readFileSync(join(process.env.TABLES, `${name}.json`), "utf-8"));
}
