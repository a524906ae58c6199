// Packs a published folder: checksums of its files, a list of its parts (CycloneDX), and the archive. The same folder gives the same archive.
//
//   node deploy/pack/pack.mjs <folder> --rid <rid> --version <version> [--deps <aico.deps.json>] [--assets <project.assets.json>]
//
// Writes SHA256SUMS and sbom.cdx.json into the folder, and beside it aico-<version>-<rid>.tar.gz (.zip for Windows) with .sha256 and .cdx.json.
// Times in all of it are SOURCE_DATE_EPOCH, else that of the last commit. Exit code 2: the call is wrong or something is missing.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { billOfMaterials } from "./sbom.mjs";
import { tarGz } from "./tar.mjs";
import { zip } from "./zip.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

function fail(message) {
  console.error(`pack: ${message}`);
  process.exit(2);
}

/** Seconds since 1970. */
function epoch() {
  if (/^\d+$/.test(process.env.SOURCE_DATE_EPOCH ?? "")) {
    return Number(process.env.SOURCE_DATE_EPOCH);
  }
  try {
    return Number(execFileSync("git", ["-C", repository, "log", "-1", "--format=%ct"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return 1767225600; // No checkout: the first second of 2026, so that it is still the same each time.
  }
}

/** Files below a folder with "/" between names, sorted by their bytes. Links would point out of the archive: there must be none. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => ({ path: join(folder, name), name: name.split(sep).join("/") }))
    .filter(({ path, name }) => {
      const stat = lstatSync(path);
      return stat.isSymbolicLink() ? fail(`${name} is a link.`) : stat.isFile();
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rid: { type: "string" }, version: { type: "string" }, deps: { type: "string" }, assets: { type: "string" } },
});
const folder = positionals[0] && resolve(positionals[0]);
if (!folder || !options.rid || !options.version) {
  fail("call it as pack.mjs <folder> --rid <rid> --version <version>.");
}
const program = options.rid.startsWith("win-") ? "aico.exe" : "aico";
if (!existsSync(join(folder, program))) {
  fail(`${folder} holds no ${program}: publish first.`);
}
for (const path of [options.deps, options.assets]) {
  if (path && !existsSync(path)) {
    fail(`${path} is not there.`);
  }
}

const time = epoch();
const [sums, bom] = [join(folder, "SHA256SUMS"), join(folder, "sbom.cdx.json")];
for (const own of [sums, bom]) {
  rmSync(own, { force: true });
}
const hashed = () => filesOf(folder).map((file) => ({ ...file, sha256: sha256(readFileSync(file.path)) }));
writeFileSync(bom, billOfMaterials({ ...options, repository, folder, files: hashed(), program, time }));
writeFileSync(sums, hashed().map((file) => `${file.sha256}  ${file.name}\n`).join(""));

const name = `aico-${options.version}-${options.rid}`;
const entries = filesOf(folder).map((file) => ({
  name: `${name}/${file.name}`,
  bytes: readFileSync(file.path),
  // The mode that a program needs, whatever the umask of the machine that packs.
  mode: file.name === program || file.name.endsWith(".sh") ? 0o755 : 0o644,
}));
const archive = join(dirname(folder), options.rid.startsWith("win-") ? `${name}.zip` : `${name}.tar.gz`);
writeFileSync(archive, archive.endsWith(".zip") ? zip(entries, time) : tarGz(entries, time));
// Named without its folder, so that `sha256sum -c` works wherever both files were downloaded to.
writeFileSync(`${archive}.sha256`, `${sha256(readFileSync(archive))}  ${basename(archive)}\n`);
writeFileSync(join(dirname(folder), `${name}.cdx.json`), readFileSync(bom));
console.log(`packed: ${relative(process.cwd(), archive)}, ${(lstatSync(archive).size / 1048576).toFixed(1)} MB, ${entries.length} files`);
