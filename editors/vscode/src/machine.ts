import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter } from "node:path";
import { promisify } from "node:util";

import type { Machine } from "./program";

const execute = promisify(execFile);

/** This machine, with a workspace. */
export function machine(folder: string | undefined): Machine {
  return {
    home: homedir(),
    folder,
    directories: (process.env.PATH ?? "").split(delimiter),
    program: process.platform === "win32" ? "composelint.exe" : "composelint",
    isExecutable,
    output: async (path, args) => (await execute(path, args, { timeout: 10_000, windowsHide: true })).stdout,
  };
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
