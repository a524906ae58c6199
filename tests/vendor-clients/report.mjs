// Runs the steps of a script against a fake, whose address and key stand in the environment, and prints what they got as one line of JSON.
export const url = process.env.VENDOR_URL;
export const key = process.env.VENDOR_KEY;

export async function report(steps) {
  const got = {};
  for (const [name, step] of Object.entries(steps)) {
    got[name] = await step();
  }
  process.stdout.write(JSON.stringify(got) + '\n', () => process.exit(0));
}

export async function bytes(stream) {
  let count = 0;
  for await (const piece of stream) {
    count += piece.length;
  }
  return count;
}
