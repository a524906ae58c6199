// Reads Dockerfiles and compose files as their own tools would and prints, as one JSON object, what they say and what is wrong.
//
//   node deploy-files.mjs <repository>
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { parseDocument } from "yaml";

const repository = process.argv[2];
const problems = [];
const known = ["FROM", "ARG", "RUN", "COPY", "ENV", "USER", "WORKDIR", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD", "LABEL"];

/** Made by "build.sh publish", so that it is not there in a fresh checkout. */
const isPublished = (path) => path.startsWith("artifacts/publish/");

function dockerfile(path, context) {
  const file = DockerfileParser.parse(readFileSync(join(repository, path), "utf8"));
  const instructions = file.getInstructions().map((instruction) => ({
    name: instruction.getKeyword(),
    arguments: instruction.getArguments().map((argument) => argument.getValue()),
  }));
  const lines = file.getInstructions();
  if (lines.length === 0 || !["FROM", "ARG"].includes(lines[0].getKeyword())) {
    problems.push(`${path}: it does not begin with FROM`);
  }
  for (const { name, arguments: words } of instructions) {
    if (!known.includes(name)) {
      problems.push(`${path}: ${name} is no instruction that we use`);
    }
    for (const source of name === "COPY" ? words.slice(0, -1).filter((word) => !word.startsWith("--")) : []) {
      const from = posix.normalize(posix.join(context, source));
      if (!isPublished(from) && !existsSync(join(repository, from))) {
        problems.push(`${path}: COPY ${source}: there is no ${from}`);
      }
    }
  }
  return instructions;
}

function compose(path) {
  const document = parseDocument(readFileSync(join(repository, path), "utf8"), { uniqueKeys: true, strict: true });
  problems.push(...[...document.errors, ...document.warnings].map((error) => `${path}: ${error.message}`));
  const { services = {}, volumes = {} } = document.toJS();
  for (const [name, service] of Object.entries(services)) {
    const at = `${path}: ${name}`;
    if (!service.image) problems.push(`${at} has no image`);
    if (!service.healthcheck && !service.build) problems.push(`${at} has no health check`);
    for (const other of Object.keys(service.depends_on ?? {})) {
      if (!services[other]) problems.push(`${at} depends on ${other}, which is no service`);
      else if (!services[other].healthcheck) problems.push(`${at} waits for the health of ${other}, which has no check`);
    }
    for (const volume of service.volumes ?? []) {
      const source = volume.split(":")[0];
      if (source.startsWith(".") ? !existsSync(join(repository, dirname(path), source)) : !(source in volumes)) problems.push(`${at}: there is no ${source}`);
    }
    if (service.build) {
      const context = posix.normalize(posix.join(dirname(path), service.build.context));
      const file = posix.join(context, service.build.dockerfile ?? "Dockerfile");
      if (existsSync(join(repository, file))) service.instructions = dockerfile(file, context);
      else problems.push(`${at}: there is no ${file}`);
    }
  }
  return services;
}

console.log(JSON.stringify({ services: compose("compose.yaml"), problems }));
