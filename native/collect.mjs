// Copies the wanted files out of node_modules into the host's native folder and checks each against native/checksums.json.
//
//   node native/collect.mjs <out> [--rid <rid>] [--packages <node_modules>]   collect
//   node native/collect.mjs <out> [--rid <rid>] --current                     exit 0 when a collection is up to date, 1 when not
//   node native/collect.mjs --npm-platform <rid>                              npm's words for a platform, for a foreign `npm ci`
//
// Exit code 2: a file is missing, damaged, or there is none for this platform; one line on stderr says which.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const npmPlatforms = {
  "linux-x64": "--os=linux --cpu=x64 --libc=glibc",
  "linux-arm64": "--os=linux --cpu=arm64 --libc=glibc",
  "osx-x64": "--os=darwin --cpu=x64",
  "osx-arm64": "--os=darwin --cpu=arm64",
  "win-x64": "--os=win32 --cpu=x64",
};

function fail(message) {
  console.error(`native files: ${message}`);
  process.exit(2);
}

function thisMachine() {
  const os = { linux: "linux", darwin: "osx", win32: "win" }[process.platform] ?? process.platform;
  return `${os}-${process.arch}`;
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function contentOf(file, packages) {
  const path = join(packages, file.from);
  if (!existsSync(path)) {
    fail(`${file.from} is not installed. npm skips an optional package that it cannot download: try again, and see whether the registry is reachable.`);
  }
  if (!file.base64Constant) {
    return readFileSync(path);
  }
  // The vocabulary is a constant inside a script: text of one piece a line, base64. The script itself is never run.
  const constant = new RegExp(`${file.base64Constant}\\s*=\\s*"([A-Za-z0-9+/=]+)"`).exec(readFileSync(path, "utf8"));
  return constant ? Buffer.from(constant[1], "base64") : fail(`${file.from} holds no ${file.base64Constant}.`);
}

/** What a collection was made from. Sizes are kept so that a deleted or truncated file is noticed without hashing 80 MB. */
function stampOf(rid, files, out) {
  const inputs = ["package-lock.json", "checksums.json", "collect.mjs"].map((name) => sha256(readFileSync(join(here, name))));
  const sizes = files.map(({ to }) => `${to} ${statSync(join(out, to), { throwIfNoEntry: false })?.size ?? "missing"}`);
  return [rid, ...inputs, ...sizes, ""].join("\n");
}

function collect(files, packages, out) {
  for (const file of files) {
    const bytes = contentOf(file, packages);
    if (sha256(bytes) !== file.sha256) {
      fail(`${file.from} is not the file that native/checksums.json pins (sha256 ${sha256(bytes)}).`);
    }
    const target = join(out, file.to);
    mkdirSync(dirname(target), { recursive: true });
    // A library that a running host has mapped must not be overwritten in place: unlink it, the host keeps the old one.
    rmSync(target, { force: true });
    file.base64Constant ? writeFileSync(target, bytes) : copyFileSync(join(packages, file.from), target);
  }
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rid: { type: "string" }, packages: { type: "string" }, current: { type: "boolean" }, "npm-platform": { type: "string" } },
});

const rid = options["npm-platform"] ?? options.rid ?? thisMachine();
const { models, platforms } = JSON.parse(readFileSync(join(here, "checksums.json"), "utf8"));
if (!platforms[rid]) {
  fail(`nothing is published for ${rid}. There is: ${Object.keys(platforms).join(", ")}.`);
}
if (options["npm-platform"]) {
  console.log(npmPlatforms[rid]);
  process.exit(0);
}

const [out] = positionals;
const files = [...models, ...platforms[rid]];
const stamp = join(out, ".stamp");
if (options.current) {
  process.exit(existsSync(stamp) && readFileSync(stamp, "utf8") === stampOf(rid, files, out) ? 0 : 1);
}

rmSync(stamp, { force: true });
collect(files, options.packages ?? join(here, "node_modules"), out);
writeFileSync(stamp, stampOf(rid, files, out));
console.log(`native files: ${files.length} for ${rid} in ${out}`);
