import { isAbsolute, join, resolve } from "node:path";

/** The first release with a language server. */
const first = [0, 1, 0] as const;

/** What of the machine decides which program is found. */
export interface Machine {
  readonly home: string;
  /** The first folder of the workspace. */
  readonly folder: string | undefined;
  /** The directories of PATH, in order. */
  readonly directories: readonly string[];
  /** What the program is called here: composelint, or composelint.exe. */
  readonly program: string;
  readonly isExecutable: (path: string) => Promise<boolean>;
  /** Runs a program and returns what it prints; fails where it does not run, or fails. */
  readonly output: (path: string, args: readonly string[]) => Promise<string>;
}

/** The program that runs, or a sentence on why there is none. */
export type Found = { readonly path: string } | { readonly problem: string };

/** Looks for the program where the setting says, else on PATH, and asks it for its version. */
export async function find(setting: string, machine: Machine): Promise<Found> {
  const path = setting === "" ? await onPath(machine) : expand(setting, machine);
  if (path === undefined) {
    return { problem: 'composelint is not on the PATH: install it, or say in "composelint.path" where it is' };
  }
  let printed: string;
  try {
    printed = await machine.output(path, ["--version"]);
  } catch {
    return { problem: `"${path}" does not run: install composelint, or say in "composelint.path" where it is` };
  }
  const version = /^composelint (\d+)\.(\d+)\.(\d+)/.exec(printed);
  if (version === null) {
    return { problem: `"${path}" is not composelint: say in "composelint.path" where that is` };
  }
  if (isOlder(version.slice(1).map(Number), first)) {
    return { problem: `"${path}" is ${version[0]}, which is too old for editors: install ${first.join(".")} or a newer one` };
  }
  return { path };
}

/**
 * The absolute path that a setting names: ~ and ${workspaceFolder} stand for their directories, and
 * what is relative is in the workspace. It is as it was where it needs a workspace that is not there.
 */
export function expand(setting: string, machine: Pick<Machine, "home" | "folder">): string {
  const path = setting.replace(/^~(?=$|[/\\])/, () => machine.home);
  if (machine.folder === undefined) {
    return path;
  }
  const { folder } = machine;
  return resolve(folder, path.replaceAll("${workspaceFolder}", () => folder));
}

/** Relative directories are passed over, since what a workspace brings along is not to run unasked. */
async function onPath({ directories, program, isExecutable }: Machine): Promise<string | undefined> {
  for (const directory of directories.filter((d) => isAbsolute(d))) {
    const path = join(directory, program);
    if (await isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const differs = than.findIndex((n, i) => version[i] !== n);
  return differs >= 0 && (version[differs] ?? 0) < (than[differs] ?? 0);
}
