// The strongest of the frequencies from 100 to 2000 Hz in steps of 10, by Goertzel's filter.
export function strongest(samples, rate) {
  let best = { hz: 0, power: 0 };
  for (let hz = 100; hz <= 2000; hz += 10) {
    const k = 2 * Math.cos((2 * Math.PI * hz) / rate);
    let [a, b] = [0, 0];
    for (const x of samples) [a, b] = [x + k * a - b, a];
    const power = a * a + b * b - k * a * b;
    if (power > best.power) best = { hz, power };
  }
  return best.hz;
}
