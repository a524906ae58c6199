import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// What npm packages carry inside under a licence of its own; versions and licences as THIRD-PARTY.md has them.
const carried = [
  { package: "sherpa-onnx-", type: "library", name: "onnxruntime", version: "1.28.2", license: "MIT" },
  { package: "@livekit/rtc-ffi-bindings-", type: "library", name: "webrtc", version: "", license: "BSD-3-Clause" },
  { package: "@ricky0123/vad-web", type: "machine-learning-model", name: "silero-vad", version: "6", license: "MIT" },
  { package: "@moonshine-ai/moonshine-js", type: "machine-learning-model", name: "moonshine-tiny-en", version: "", license: "MIT" },
];

const licensesOf = (license) => (license ? { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] } : {});

/** Name and version stay apart by the last slash: "System.CommandLine/3.0.0". */
const split = (key) => [key.slice(0, key.lastIndexOf("/")), key.slice(key.lastIndexOf("/") + 1)];

/** What stands in a package's own description: an SPDX expression, or nothing where it has only a file or an address. */
function nugetLicense(folders, name, version) {
  for (const folder of folders) {
    const path = join(folder, name.toLowerCase(), version.toLowerCase(), `${name.toLowerCase()}.nuspec`);
    if (existsSync(path)) {
      return /<license type="expression">([^<]+)<\/license>/.exec(readFileSync(path, "utf8"))?.[1];
    }
  }
  return undefined;
}

/** NuGet packages and runtime packs that are inside the executable, as its deps.json lists them. */
function ofDeps(deps, folders) {
  const target = deps.targets[deps.runtimeTarget.name] ?? {};
  const kinds = new Map(Object.entries(deps.libraries).map(([key, library]) => [key, library.type]));
  const components = [];
  const needs = new Map();
  for (const [key, library] of Object.entries(target)) {
    const [name, version] = split(key);
    const kind = kinds.get(key);
    const real = name.replace(/^runtimepack\./, "");
    const purl = `pkg:nuget/${real}@${version}`;
    if (kind === "project") {
      continue;
    }
    components.push({
      type: kind === "runtimepack" ? "framework" : "library",
      "bom-ref": purl,
      name: real,
      version,
      ...licensesOf(nugetLicense(folders, real, version)),
      purl,
    });
    needs.set(purl, Object.entries(library.dependencies ?? {})
      .filter(([other, at]) => kinds.get(`${other}/${at}`) === "package")
      .map(([other, at]) => `pkg:nuget/${other}@${at}`));
  }
  return { components, needs };
}

/** npm packages that files under native/ were taken from, and what those files really are. */
function ofNative(repository, rid, files) {
  const { models, platforms } = JSON.parse(readFileSync(join(repository, "native/checksums.json"), "utf8"));
  const lock = JSON.parse(readFileSync(join(repository, "native/package-lock.json"), "utf8")).packages;
  const shipped = new Map(files.map((file) => [file.name, file.sha256]));
  const components = new Map();
  for (const { to, from } of [...models, ...(platforms[rid] ?? [])]) {
    if (!shipped.has(`native/${to}`)) {
      continue;
    }
    const name = from.startsWith("@") ? from.split("/").slice(0, 2).join("/") : from.split("/")[0];
    const { version, license } = lock[`node_modules/${name}`];
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    const inside = carried.find((part) => name.startsWith(part.package));
    const component = components.get(purl) ?? {
      type: "library",
      "bom-ref": purl,
      name,
      version,
      ...licensesOf(license),
      purl,
      components: inside ? [{ type: inside.type, "bom-ref": `${purl}#${inside.name}`, name: inside.name, ...(inside.version ? { version: inside.version } : {}), ...licensesOf(inside.license) }] : [],
    };
    component.components.push({ type: "file", "bom-ref": `file:native/${to}`, name: `native/${to}`, hashes: [{ alg: "SHA-256", content: shipped.get(`native/${to}`) }] });
    components.set(purl, component);
  }
  return [...components.values()];
}

/** Plugins are parts too: each with the hash of its assembly and the packages in its own deps.json. */
function ofPlugins(folder, files, packageFolders) {
  const [components, packages] = [[], []];
  for (const manifest of files.filter((file) => /^plugins\/[^/]+\/plugin\.json$/.test(file.name))) {
    const { id, version, assembly } = JSON.parse(readFileSync(manifest.path, "utf8"));
    const library = files.find((file) => file.name === `plugins/${id}/${assembly}`);
    components.push({
      type: "library",
      "bom-ref": `plugin:${id}`,
      name: `aico-plugin-${id}`,
      version,
      ...licensesOf("Apache-2.0"),
      ...(library ? { hashes: [{ alg: "SHA-256", content: library.sha256 }] } : {}),
    });
    const deps = join(folder, "plugins", id, assembly.replace(/\.dll$/, ".deps.json"));
    if (existsSync(deps)) {
      packages.push(...ofDeps(JSON.parse(readFileSync(deps, "utf8")), packageFolders).components);
    }
  }
  return { components, packages };
}

/** The text of a CycloneDX 1.6 document. Nothing in it is random: the same parts give the same text. */
export function billOfMaterials({ repository, folder, files, program, rid, version, time, deps, assets }) {
  const packageFolders = assets ? Object.keys(JSON.parse(readFileSync(assets, "utf8")).packageFolders ?? {}) : [];
  const host = deps ? ofDeps(JSON.parse(readFileSync(deps, "utf8")), packageFolders) : { components: [], needs: new Map() };
  const plugins = ofPlugins(folder, files, packageFolders);
  const components = new Map();
  for (const component of [...host.components, ...plugins.packages, ...plugins.components, ...ofNative(repository, rid, files)]) {
    components.set(component["bom-ref"], component);
  }
  const sorted = [...components.values()].sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1));
  const root = `pkg:generic/aico@${version}?platform=${rid}`;
  const body = {
    version: 1,
    metadata: {
      timestamp: new Date(time * 1000).toISOString().replace(".000Z", "Z"),
      tools: { components: [{ type: "application", name: "deploy/pack", version }] },
      component: {
        type: "application",
        "bom-ref": root,
        name: "aico",
        version,
        ...licensesOf("Apache-2.0"),
        hashes: [{ alg: "SHA-256", content: files.find((file) => file.name === program).sha256 }],
        purl: root,
      },
    },
    components: sorted,
    dependencies: [
      { ref: root, dependsOn: sorted.map((component) => component["bom-ref"]) },
      ...sorted.map((component) => ({ ref: component["bom-ref"], dependsOn: (host.needs.get(component["bom-ref"]) ?? []).filter((ref) => components.has(ref)).sort() })),
    ],
  };
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  // A UUID of version 8, whose bits are ours to choose: of the content.
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
  return `${JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: `urn:uuid:${uuid}`, ...body }, null, 2)}\n`;
}
