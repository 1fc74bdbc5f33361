/* Messages as they pass: a stream of events, which ends now and then and is taken up again. */
const MOST = 200;
const WAYS = {device: ["from device", "sent"], broker: ["to device", "came"], panel: ["by this panel", "handed"]};
let lastRead = 0, waiting = [], stream = new AbortController();

function beginMessages() {
  stream.abort();
  stream = new AbortController();
  lastRead = 0;
  waiting = [];
  $("messages").replaceChildren();
}

function item(message) {
  const [way, kind] = WAYS[message.from], element = make("details"), head = make("summary");
  const size = message.size + " B" + (message.is_cut ? ", cut" : "") + (message.retain ? ", retained" : "");
  head.append(make("span", "mono", new Date(message.time * 1000).toISOString().slice(11, 23)),
    make("span", kind, way), make("span", "size", size), make("span", "topic mono", message.topic));
  element.append(head, make("pre", "", message.payload || "(empty)"));
  return element;
}

function showWaiting() {
  if ($("hold").checked) return;
  $("messages").prepend(...waiting.map(item).reverse());
  waiting = [];
  while ($("messages").childElementCount > MOST) $("messages").lastChild.remove();
}

function take(event) {
  const data = event.split("\n").find(line => line.startsWith("data: "));
  if (!data) return;
  const message = JSON.parse(data.slice(6));
  lastRead = message.number;
  waiting = [...waiting, message].slice(-MOST);
}

async function read(signal) {
  const wanted = {...headers(), "Last-Event-ID": String(lastRead)};
  const answer = await fetch("/devices/" + encodeURIComponent(chosen) + "/messages", {headers: wanted, signal, cache: "no-store"});
  if (!answer.ok) throw new Error(answer.statusText);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = "";;) {
    const {done, value} = await reader.read();
    if (done || signal.aborted) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    events.forEach(take);
    showWaiting();
  }
}

async function follow() {
  for (;;) {
    const {signal} = stream;
    try {
      if (chosen === null) await pause(200);
      else await read(signal);
    } catch {
      if (!signal.aborted) await pause(1500);  /* look() says what is amiss */
    }
  }
}

$("hold").addEventListener("change", showWaiting);
