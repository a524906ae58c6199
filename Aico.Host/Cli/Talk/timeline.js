"use strict";
const call = JSON.parse(document.getElementById("call").textContent);
const events = call.events, of = type => events.filter(e => e.type === type);
const $ = id => document.getElementById(id);
const make = (tag, text, cls) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text; if (cls) e.className = cls; return e };
const ms = v => v == null ? "–" : v >= 9999.5 ? (v / 1000).toFixed(1) + " s" : Math.round(v) + " ms";
const clock = v => { const t = Math.max(0, v) / 1000, m = Math.floor(t / 60); return String(m).padStart(2, "0") + ":" + (t - m * 60).toFixed(2).padStart(5, "0") };
const stageNames = { finalText: "final text", firstToken: "first token", firstSentence: "first sentence", firstAudio: "first audio", turnDecided: "waiting for the turn's decision", played: "playback" };
const stageColor = name => "var(--s" + Object.keys(stageNames).indexOf(name) + ")";

// Audio: one WAV, caller left and agent right.
const wav = (() => {
  const text = $("audio").textContent.trim();
  if (!text) return null;
  const raw = atob(text.slice(text.indexOf(",") + 1)), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  let rate = 16000;
  for (let p = 12; p + 8 <= bytes.length; p += 8 + view.getUint32(p + 4, true) + (view.getUint32(p + 4, true) & 1)) {
    const id = raw.slice(p, p + 4);
    if (id === "fmt ") rate = view.getUint32(p + 12, true);
    if (id === "data") {
      const frames = Math.floor(Math.min(view.getUint32(p + 4, true), bytes.length - p - 8) / 4);
      const sides = [new Float32Array(frames), new Float32Array(frames)];
      for (let i = 0; i < frames; i++) for (const c of [0, 1]) sides[c][i] = view.getInt16(p + 8 + i * 4 + c * 2, true) / 32768;
      return { rate, frames, sides };
    }
  }
  return null;
})();
const block = 64;
const peaks = wav ? wav.sides.map(s => {
  const out = new Float32Array(Math.ceil(s.length / block));
  for (let i = 0; i < s.length; i++) { const v = Math.abs(s[i]), b = (i / block) | 0; if (v > out[b]) out[b] = v }
  return out;
}) : null;
const loudest = peaks ? peaks.map(p => p.reduce((a, b) => Math.max(a, b), .05)) : [1, 1];
const duration = Math.max(call.durationMs, wav ? wav.frames / wav.rate * 1000 : 0, 1000);

// Spans and marks, made once from the events.
const spans = [], ends = {};
const last = (type, e) => { for (let i = events.indexOf(e) - 1; i >= 0; i--) if (events[i].type === type) return events[i] };
const add = (lane, from, to, style, text, tip) => spans.push({ lane, from, to, style, text, tip });
{
  let voice = null, playing = null, pause = null; const replies = {};
  for (const e of events) {
    switch (e.type) {
      case "voiceStarted": voice = e; break;
      case "voiceEnded": if (voice) { add("voice", voice.start, e.end, "voice", "", `Voice from ${clock(voice.start)} to ${clock(e.end)} (${ms(e.end - voice.start)})\nbegin known after ${ms(voice.at - voice.start)}, end known after ${ms(e.at - e.end)}`); ends.voice = e.end; voice = null } break;
      case "callerTextChanged": add("heard", e.at, e.at, e.isFinal ? "final" : "interim", e.isFinal ? e.text : "", `${e.isFinal ? "Final" : "Interim"} text at ${clock(e.at)}\n${e.text}`); break;
      case "turnDecided": {
        // The delay runs from the end of speech; a decision may come later, when it had to wait for the words.
        const from = Math.min(e.at, ends.voice ?? e.at - e.delay);
        add("turn", from, e.at, "decided", ms(e.delay), `Turn ${e.turn} decided at ${clock(e.at)}\nendpointing delay ${ms(e.delay)}, decided ${ms(e.at - from)} after the end of speech\n${e.text}`);
        spans[spans.length - 1].delayed = Math.min(e.at, from + e.delay); break;
      }
      case "replyStarted": replies[e.turn] = { lane: "think", from: e.at, to: e.at, style: e.isPreemptive ? "early" : "reply", text: "", tip: `Answer ${e.isPreemptive ? "begun ahead of the decision" : "begun"} at ${clock(e.at)}`, tokens: 0 }; spans.push(replies[e.turn]); break;
      case "replyDiscarded": if (replies[e.turn]) { Object.assign(replies[e.turn], { to: e.at, style: "discarded" }); replies[e.turn].tip += `\nthrown away at ${clock(e.at)}: the caller went on`; delete replies[e.turn] } break;
      case "tokenReceived": { const r = replies[e.turn]; if (r) { r.to = e.at; r.tokens++ } add("think", e.at, e.at, "token", "", `Token at ${clock(e.at)}\n${JSON.stringify(e.text)}`); break }
      case "sentenceReady": add("sentence", e.at, e.at, "sentence", e.text, `To speech at ${clock(e.at)}\n${e.text}`); break;
      case "speechSynthesized": add("synth", e.at, e.at, "synth", "", `${ms(e.duration)} of speech came at ${clock(e.at)}`); break;
      case "playbackStarted": playing = e; break;
      case "playbackPaused": pause = e; break;
      case "playbackResumed": if (pause) add("agent", pause.at, e.at, "pause", "", `Paused for ${ms(e.at - pause.at)}: the caller might have been interrupting, and was not`); pause = null; break;
      case "playbackEnded": if (playing) add("agent", playing.at, e.at, "playback", e.interrupted ? "interrupted" : "", `Played from ${clock(playing.at)} to ${clock(e.at)} (${ms(e.at - playing.at)})${e.interrupted ? "\ninterrupted by the caller" : ""}`); playing = pause = null; break;
      case "toolCalled": add("tool", e.call.started, e.call.ended, e.call.error ? "bad" : "tool", e.call.name, `${e.call.name}(${e.call.arguments})\n${e.call.error ? "failed: " + e.call.error : e.call.result}\n${ms(e.call.ended - e.call.started)}`); break;
      case "stageFailed": add("error", e.at, e.at, "bad", e.provider, `${e.stage} failed at ${clock(e.at)} (${e.provider}${e.failure ? ", " + e.failure : ""})\n${e.message}`); break;
    }
  }
}
const waits = call.turns.filter(t => t.timings.voiceToVoiceMs != null).map(t => ({ from: t.timings.playedMs - t.timings.voiceToVoiceMs, to: t.timings.playedMs, v: t.timings.voiceToVoiceMs }));

// Lanes.
const all = [["axis", "", 34], ["caller", "Caller", 76], ["voice", "Voice activity", 22], ["heard", "Understood", 44], ["turn", "Turn decided", 24], ["think", "Answer, tokens", 28],
  ["sentence", "To speech", 44], ["synth", "Synthesis", 22], ["agent", "Agent, as heard", 76], ["tool", "Tools", 28], ["error", "Errors", 28]];
const lanes = {}; let height = 0;
for (const [id, name, h] of all) {
  if ((id === "tool" || id === "error") && !spans.some(s => s.lane === id)) continue;
  lanes[id] = { y: height, h };
  const label = make("div", name); label.style.top = height + "px"; label.style.height = h + "px"; $("names").append(label);
  height += h;
}
height += 8; $("names").style.height = height + "px";
const view = $("view"), canvas = $("canvas"), g = canvas.getContext("2d");
let scale = 1, cursor = 0, hits = [];
const fitScale = () => Math.max(1, view.clientWidth) / duration;
const css = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
let colors = {};
const readColors = () => { for (const n of ["card", "ink", "soft", "faint", "lane", "grid", "caller", "agent", "voice", "interim", "wait", "bad", "cursor", "s1", "s2", "s3"]) colors[n] = css(n) };

function draw() {
  const ratio = devicePixelRatio || 1, w = view.clientWidth;
  if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(w * ratio); canvas.height = Math.round(height * ratio); canvas.style.width = w + "px"; canvas.style.height = height + "px" }
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, w, height);
  const left = view.scrollLeft / scale, x = t => (t - left) * scale;
  hits = [];
  g.font = "12px system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"; g.textBaseline = "middle";
  for (const id in lanes) if (id !== "axis") { const l = lanes[id]; g.fillStyle = colors.lane; g.fillRect(0, l.y + 1, w, l.h - 3) }
  // Axis: a label at least every 84 px.
  const step = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000].find(s => s * scale >= 84) || 600000;
  for (let t = Math.floor(left / step) * step; x(t) < w; t += step) {
    const px = Math.round(x(t)) + .5; g.strokeStyle = colors.grid; g.beginPath(); g.moveTo(px, 20); g.lineTo(px, height); g.stroke();
    g.fillStyle = colors.soft; g.fillText(step < 1000 ? clock(t) : clock(t).slice(0, 5), px + 4, 9);
  }
  // What the caller waits for, over all lanes.
  for (const s of waits) {
    const a = x(s.from), b = x(s.to); if (b < 0 || a > w) continue;
    g.globalAlpha = .17; g.fillStyle = colors.wait; g.fillRect(a, 20, b - a, height - 20); g.globalAlpha = 1;
    g.fillStyle = colors.wait; g.fillRect(a, 20, Math.max(2, b - a), 3);
    const label = ms(s.v), width = g.measureText(label).width;
    if (b - a > width + 4 || scale > .02) { g.fillStyle = colors.ink; g.fillText(label, Math.max(a, Math.min(a + (b - a - width) / 2, a)), 30) }
    hits.push([a, 18, b, 36, `Voice to voice ${ms(s.v)}\nfrom the end of the caller's speech to the first audio played`]);
  }
  for (const s of spans) if (s.style === "playback") { const l = lanes.agent, a = x(s.from), b = x(s.to); g.globalAlpha = .14; g.fillStyle = colors.agent; g.fillRect(a, l.y + 1, b - a, l.h - 3); g.globalAlpha = 1 }
  if (wav) { wave(0, lanes.caller, colors.caller, left, w); wave(1, lanes.agent, colors.agent, left, w) }
  const rows = { heard: [-1e9], sentence: [-1e9, -1e9], tool: [-1e9], error: [-1e9] };
  for (const s of spans) {
    const l = lanes[s.lane], a = x(s.from), b = Math.max(x(s.to), a + 2), y = l.y + 1, h = l.h - 3;
    if (!rows[s.lane] && (b < -10 || a > w + 10)) continue;
    let top = y, bottom = y + h, to = b;
    switch (s.style) {
      case "voice": g.fillStyle = colors.voice; round(a, y + 4, b - a, h - 8, 3); break;
      case "interim": top = y + h / 2; g.fillStyle = colors.interim; g.fillRect(a, top + 2, 1.5, h / 2 - 4); to = a + 4; break;
      case "decided": g.fillStyle = colors.wait; g.globalAlpha = .55; g.fillRect(a, y + 7, x(s.delayed) - a, h - 14); g.globalAlpha = 1; g.fillRect(b - 1.5, y + 2, 3, h - 4); g.fillStyle = colors.ink; if (b > -80) g.fillText(s.text, b + 6, y + h / 2 + 1); break;
      case "early": case "reply": g.fillStyle = s.style === "early" ? colors.s2 : colors.s1; g.globalAlpha = .45; round(a, y + 4, b - a, h - 8, 3); g.globalAlpha = 1; break;
      case "discarded": g.strokeStyle = colors.bad; g.setLineDash([3, 3]); g.strokeRect(a + .5, y + 5.5, Math.max(3, b - a), h - 11); g.setLineDash([]); break;
      case "token": g.fillStyle = colors.s1; g.fillRect(a, y + 4, 1.5, h - 8); to = a + 4; break;
      case "synth": g.fillStyle = colors.s3; g.fillRect(a, y + 4, 2, h - 8); to = a + 5; break;
      case "playback": if (s.text && b > 0 && a < w) { g.fillStyle = colors.bad; g.fillRect(b - 1.5, y, 3, h); chip(s.text, b + 5, y + 10) } break;
      case "pause": g.fillStyle = colors.wait; g.globalAlpha = .5; g.fillRect(a, y, b - a, h); g.globalAlpha = 1; break;
      case "tool": case "bad": case "final": case "sentence": {
        // Text goes to the first row that is free, cut where the next one of its row begins.
        const row = rows[s.lane].findIndex(end => end < a - 4), r = row < 0 ? rows[s.lane].length - 1 : row, rh = s.lane === "heard" ? h / 2 : h / rows[s.lane].length;
        top = y + r * rh; bottom = top + rh;
        const color = s.style === "final" ? colors.caller : s.style === "sentence" ? colors.agent : s.style === "bad" ? colors.bad : colors.s1;
        const next = spans.find(o => o.lane === s.lane && o.text && o.from > s.from && (rows[s.lane].length < 2 || spans.filter(p => p.lane === s.lane && p.text && p.from > s.from && p.from < o.from).length));
        const text = row < 0 ? "" : fit(s.text, Math.max(0, (next ? x(next.from) : 1e9) - a - 14));
        to = Math.max(b, text ? a + 8 + g.measureText(text).width : a + 3); rows[s.lane][r] = Math.max(to, rows[s.lane][r]);
        if (to < 0 || a > w) continue;
        g.fillStyle = color; g.globalAlpha = .16; g.fillRect(a, top + 1, to - a, rh - 2); g.globalAlpha = 1; g.fillRect(a, top + 1, 2.5, rh - 2);
        g.fillStyle = colors.ink; g.fillText(text, a + 6, top + rh / 2 + 1); break;
      }
    }
    hits.push([a - 2, top, to + 2, bottom, s.tip]);
  }
  const c = x(cursor); g.fillStyle = colors.cursor; g.fillRect(c - .75, 0, 1.5, height);
}
function round(a, y, w, h, r) { g.beginPath(); g.roundRect(a, y, Math.max(2, w), h, Math.min(r, Math.max(1, w / 2))); g.fill() }
function chip(text, a, y) { const w = g.measureText(text).width; g.fillStyle = colors.card; round(a - 3, y - 9, w + 8, 17, 4); g.fillStyle = colors.bad; g.fillText(text, a + 1, y) }
function fit(text, width) {
  if (g.measureText(text).width <= width) return text;
  let low = 0, high = text.length;
  while (low < high) { const mid = (low + high + 1) >> 1; if (g.measureText(text.slice(0, mid) + "…").width <= width) low = mid; else high = mid - 1 }
  return low > 1 ? text.slice(0, low) + "…" : "";
}
function wave(side, lane, color, left, w) {
  const mid = lane.y + lane.h / 2, half = lane.h / 2 - 5, perPixel = wav.rate / 1000 / scale / block, first = left * wav.rate / 1000 / block;
  g.fillStyle = color;
  for (let px = 0; px < w; px++) {
    const from = Math.floor(first + px * perPixel), to = Math.max(from + 1, Math.floor(first + (px + 1) * perPixel));
    let top = 0; for (let b = from; b < to && b < peaks[side].length; b++) if (peaks[side][b] > top) top = peaks[side][b];
    const v = Math.max(.5, top / loudest[side] * half); g.fillRect(px, mid - v, 1, v * 2);
  }
}
function zoom(to, at) {
  const anchor = at ?? view.clientWidth / 2, t = (view.scrollLeft + anchor) / scale;
  scale = Math.min(2, Math.max(fitScale(), to)); $("wide").style.width = Math.ceil(duration * scale) + "px";
  view.scrollLeft = t * scale - anchor; draw();
}

// Playback.
let context = null, source = null, startedAt = 0, gains = [];
const seconds = () => source ? Math.min(duration, (context.currentTime - startedAt) * 1000) : cursor;
function stop() { if (source) { source.onended = null; source.stop(); source = null } $("play").textContent = "Play" }
function play() {
  if (!wav) return;
  if (!context) {
    context = new AudioContext();
    gains = [-.5, .5].map(pan => { const gain = context.createGain(), panner = context.createStereoPanner(); panner.pan.value = pan; gain.connect(panner).connect(context.destination); return gain });
  }
  mute(); if (cursor >= wav.frames / wav.rate * 1000 - 30) cursor = 0;
  const buffer = context.createBuffer(2, wav.frames, wav.rate); wav.sides.forEach((s, i) => buffer.copyToChannel(s, i));
  const splitter = context.createChannelSplitter(2); source = context.createBufferSource(); source.buffer = buffer; source.connect(splitter);
  gains.forEach((gain, i) => splitter.connect(gain, i));
  source.onended = () => { cursor = seconds(); source = null; $("play").textContent = "Play"; draw() };
  startedAt = context.currentTime - cursor / 1000; source.start(0, cursor / 1000); context.resume(); $("play").textContent = "Pause"; requestAnimationFrame(follow);
}
function follow() {
  if (!source) return;
  cursor = seconds(); const px = cursor * scale - view.scrollLeft;
  if (px > view.clientWidth * .9 || px < 0) view.scrollLeft = cursor * scale - view.clientWidth * .1;
  tell(); draw(); requestAnimationFrame(follow);
}
const mute = () => ["left", "right"].forEach((id, i) => { if (gains[i]) gains[i].gain.value = $(id).getAttribute("aria-pressed") === "true" ? 1 : 0 });
const tell = () => $("clock").textContent = clock(cursor) + " / " + clock(duration);
function seek(t) { const was = source; stop(); cursor = Math.min(duration, Math.max(0, t)); tell(); if (was) play(); draw() }
$("play").onclick = () => source ? (cursor = seconds(), stop(), draw()) : play();
for (const id of ["left", "right"]) $(id).onclick = () => { $(id).setAttribute("aria-pressed", String($(id).getAttribute("aria-pressed") !== "true")); mute() };
$("in").onclick = () => zoom(scale * 1.6); $("out").onclick = () => zoom(scale / 1.6); $("fit").onclick = () => zoom(0);
view.onscroll = () => draw();
view.addEventListener("wheel", e => { if (!e.ctrlKey && !e.metaKey) return; e.preventDefault(); zoom(scale * Math.exp(-e.deltaY / 300), e.clientX - view.getBoundingClientRect().left) }, { passive: false });
canvas.onclick = e => seek((view.scrollLeft + e.offsetX) / scale);
canvas.onmousemove = e => {
  const hit = [...hits].reverse().find(h => e.offsetX >= h[0] && e.offsetX <= h[2] && e.offsetY >= h[1] && e.offsetY <= h[3]), tip = $("tip");
  tip.style.display = hit ? "block" : "none"; if (!hit) return;
  tip.textContent = hit[4]; const box = tip.getBoundingClientRect();
  tip.style.left = Math.min(e.clientX + 14, innerWidth - box.width - 8) + "px"; tip.style.top = Math.min(e.clientY + 16, innerHeight - box.height - 8) + "px";
};
canvas.onmouseleave = () => $("tip").style.display = "none";
addEventListener("keydown", e => {
  if (e.target.tagName === "BUTTON" && (e.key === " " || e.key === "Enter")) return;
  const keys = { " ": () => $("play").click(), "+": () => zoom(scale * 1.6), "=": () => zoom(scale * 1.6), "-": () => zoom(scale / 1.6), "0": () => zoom(0), ArrowLeft: () => seek(cursor - 500), ArrowRight: () => seek(cursor + 500) };
  if (keys[e.key] && !e.ctrlKey && !e.metaKey) { e.preventDefault(); keys[e.key]() }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColors(); draw() });
addEventListener("resize", () => zoom(scale));

// Facts, turns, errors: text goes in as text, never as markup.
const fact = (name, value) => { const d = make("div"); d.append(make("span", name), make("b", value)); $("facts").append(d) };
const sorted = waits.map(s => s.v).sort((a, b) => a - b);
fact("duration", clock(duration)); fact("turns", String(call.turns.filter(t => t.caller.text).length));
fact("voice to voice, median", sorted.length ? ms(sorted[Math.floor((sorted.length - 1) / 2)]) : "–"); fact("worst", sorted.length ? ms(sorted[sorted.length - 1]) : "–");
for (const [kind, key] of [["hears", call.providers.stt], ["thinks", call.providers.llm], ["speaks", call.providers.tts], ["voice activity", call.providers.vad]]) if (key) fact(kind, key);
fact("ended", call.endReason);
for (const name in stageNames) { const item = make("span"), dot = make("span", "", "dot"); dot.style.background = stageColor(name); item.append(dot, stageNames[name]); $("legend").append(item) }
const longest = Math.max(1, ...sorted);
for (const turn of call.turns) {
  const row = make("tr"), at = turn.caller.startMs ?? turn.agent.startMs ?? turn.timings.turnDecidedMs ?? 0, agent = make("td", undefined, "words"), where = make("td");
  row.append(make("td", clock(at), "n"), make("td", turn.caller.text || "(nothing: the agent spoke first)", turn.caller.text ? "words" : "words none"), agent, make("td", ms(turn.timings.voiceToVoiceMs), "n"), where);
  agent.append(turn.agent.interrupted ? turn.agent.heardText : turn.agent.text);
  if (turn.agent.interrupted) agent.append(make("span", turn.agent.text.startsWith(turn.agent.heardText) ? turn.agent.text.slice(turn.agent.heardText.length) : " …", "unheard"));
  if (!turn.agent.text) agent.append(make("span", turn.toolCalls.length ? "(tools only)" : "(no answer)", "none"));
  if (turn.timings.voiceToVoiceMs != null) {
    const stack = make("div", undefined, "stack"); stack.style.width = Math.max(2, turn.timings.voiceToVoiceMs / longest * 100) + "%";
    for (const s of turn.stages) if (s.ms > 0) { const part = make("div"); part.style.cssText = "flex:" + s.ms + ";background:" + stageColor(s.name); part.title = stageNames[s.name] + " " + ms(s.ms); stack.append(part) }
    where.append(stack, make("div", turn.stages.filter(s => s.ms >= .5).map(s => stageNames[s.name] + " " + ms(s.ms)).join(" · "), "parts"));
  }
  row.onclick = () => { seek(Math.max(0, at - 200)); view.scrollLeft = at * scale - 80 };
  $("turns").append(row);
}
const failed = of("stageFailed");
if (failed.length) { const list = make("ul"); list.id = "errors"; for (const e of failed) list.append(make("li", `${clock(e.at)} ${e.stage} (${e.provider}): ${e.message}`)); $("problems").append(make("h2", "Errors"), list) }
for (const id of wav ? [] : ["play", "left", "right"]) $(id).disabled = true;
readColors(); tell(); zoom(Math.max(fitScale(), Math.min(.12, view.clientWidth / Math.min(duration, 20000))));
