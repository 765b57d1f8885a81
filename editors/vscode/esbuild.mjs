// Makes one file of the extension, dist/extension.js; with --tests, dist/test of the tests.
import { readdir, readFile, appendFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", format: "cjs", target: "node20", external: ["vscode"], logLevel: "warning" };

if (process.argv.includes("--tests")) {
  await build({ ...common, entryPoints: ["test/*.test.ts", "test/fake/*.ts"], outdir: "dist/test", outbase: "test", sourcemap: "inline" });
} else {
  const outfile = "dist/extension.js";
  const { metafile } = await build({ ...common, entryPoints: ["src/extension.ts"], outfile, minify: true, metafile: true });
  await appendFile(outfile, await notices(Object.keys(metafile.inputs)));
}

// The licences of the packages that are bundled ask to be where their code is.
async function notices(inputs) {
  const packages = new Set(inputs.flatMap((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []));
  let text = "";
  for (const directory of [...packages].sort()) {
    const file = (await readdir(directory)).find((name) => /^licen[sc]e/i.test(name));
    if (file === undefined) {
      throw new Error(`${directory} has no licence`);
    }
    const { name, version } = JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
    const licence = await readFile(join(directory, file), "utf8");
    text += `\n/*\n${name} ${version}\n\n${licence.trim().replaceAll("*/", "* /")}\n*/\n`;
  }
  return text;
}
