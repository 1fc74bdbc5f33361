"use strict";
const $ = id => document.getElementById(id);
let token = sessionStorage.getItem("token") || "";
let chosen = null;

/* What a protocol has of its own: facts, and a part of the page. */
const own = {facts: null, choose() {}, show() {}};

/* Text of a device is only ever set as text. */
function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function pause(milliseconds) {
  return new Promise(done => setTimeout(done, milliseconds));
}

function headers() {
  return token ? {Authorization: "Bearer " + token} : {};
}

async function ask(path, body) {
  const options = {method: body === undefined ? "GET" : "POST", headers: headers(), cache: "no-store"};
  if (body !== undefined) options.body = JSON.stringify(body);
  const answer = await fetch(path, options);
  if (answer.status === 401) $("key").hidden = false;
  if (answer.status === 204) return null;
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error);
  return content;
}

function say(error) {
  $("said").hidden = !error;
  put($("said"), !error ? "" : error instanceof TypeError ? "The simulator does not answer." : error.message);
  $("device").classList.toggle("stale", error instanceof TypeError);
}

/* Whether it was done. */
async function act(path, body) {
  let done = false;
  try {
    await ask("/devices/" + encodeURIComponent(chosen) + path, body || {});
    say(null);
    done = true;
  } catch (error) {
    complaint = {error, until: Date.now() + 6000};
    say(error);
  }
  await look();
  return done;
}
let complaint = null;

function button(text, label, press) {
  const made = make("button", "", text);
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}

function time(text) {
  return text ? text.replace("T", " ").replace(/(\.\d+)?Z/, " UTC") : "never";
}

function plain(value) {
  if (value === null || typeof value !== "object") return value === null || value === "" ? "none" : String(value);
  const listed = Array.isArray(value);
  const lines = Object.entries(value).map(([name, one]) => {
    const text = one !== null && typeof one === "object" ? JSON.stringify(one) : String(one);
    return listed ? text : name + ": " + text;
  });
  return lines.join("\n") || "none";
}

const SHOWN = new Set(["id", "link", "connected", "variant", "filters"]);

function allFacts(device) {
  const known = Object.keys(device).filter(name => !SHOWN.has(name));
  return known.map(name => [name[0].toUpperCase() + name.slice(1).replaceAll("_", " "), plain(device[name])]);
}

function variantOf(device) {
  const {id, kind, fact} = device.variant;
  return (kind ? kind[0].toUpperCase() + kind.slice(1) + " in force: " : "No deviation in force: ") + id + ", " + fact;
}

function show(device) {
  $("device").hidden = false;
  put($("name"), device.id);
  put($("link"), "link " + device.link);
  $("link").className = "badge " + (device.link === "up" ? "good" : "bad");
  put($("variant"), variantOf(device));
  $("variant").className = "badge " + ({deviation: "bad", quirk: "busy"}[device.variant.kind] || "good");
  const facts = (own.facts || allFacts)(device);
  if ($("facts").childElementCount !== facts.length) {
    $("facts").replaceChildren(...facts.map(([title]) => {
      const row = make("div");
      row.append(make("dt", "", title), make("dd", title === "state_etag" ? "mono" : ""));
      return row;
    }));
  }
  facts.forEach(([, text], place) => {
    const row = $("facts").children[place];
    put(row.lastChild, text);
    row.classList.toggle("wide", text.includes("\n"));
  });
  suggest(device.filters);
  own.show(device);
}

function choose(id) {
  chosen = id;
  own.choose();
  beginMessages();
  beginWriting();
  document.title = id + " - Setpoint simulator";
}

function offer(devices) {
  const list = $("devices"), ids = devices.map(device => device.id);
  if (list.childElementCount !== ids.length) list.replaceChildren(...ids.map(id => new Option(id)));
  devices.forEach((device, place) => {
    put(list.children[place], device.link === "up" ? device.id : device.id + " (link down)");
    list.children[place].value = device.id;
  });
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (!ids.includes(chosen)) choose(ids.includes(wanted) ? wanted : ids[0]);
  list.value = chosen;
}

async function look() {
  try {
    offer(await ask("/devices"));
    const id = chosen, device = await ask("/devices/" + encodeURIComponent(id));
    if (id === chosen) show(device);
    $("key").hidden = true;
    if (complaint && Date.now() > complaint.until) complaint = null;
    say(complaint && complaint.error);
  } catch (error) {
    say(error);
  }
}

$("devices").addEventListener("change", event => { choose(event.target.value); location.hash = encodeURIComponent(chosen); look(); });
$("drop").addEventListener("click", () => act("/link/drop", {seconds: 10}));
$("restart").addEventListener("click", () => act("/restart"));
$("key").addEventListener("submit", event => {
  event.preventDefault();
  token = $("token").value;
  sessionStorage.setItem("token", token);
  $("token").value = "";
  look();
});

/* Behind all scripts. */
setTimeout(async () => {
  document.querySelector(".columns").classList.toggle("alone", $("own").childElementCount === 0);
  follow();
  for (;;) { await look(); await pause(1000); }
});
