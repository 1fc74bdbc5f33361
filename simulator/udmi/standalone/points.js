/* The points of a UDMI device, a card each. */
const STATES = {applied: "good", updating: "busy", overridden: "held", invalid: "bad", failure: "bad"};
const cards = new Map();
const list = make("ul");
list.setAttribute("aria-label", "Points");
$("own").append(list);

function onPoint(name, action, body) {
  return act("/points/" + encodeURIComponent(name) + "/" + action, body);
}

/* A card is made once and filled anew, so that the focus and what is being typed stay. */
function card(point) {
  const name = point.name, item = make("li"), head = make("div", "head"), reading = make("div", "reading");
  item.dataset.point = name;
  const parts = {item, value: make("span", "value"), units: make("span", "units"), badges: make("div", "badges"),
    wrote: make("span", "wrote"), status: make("div", "status"), acts: make("div", "acts"), latest: point};
  head.append(make("h3", "", name), make("span", "kind", point.kind));
  reading.append(parts.value, parts.units, parts.wrote);
  item.append(head, reading, parts.badges, parts.status, parts.acts);
  if (point.offers.includes("override")) {
    parts.hold = button("", "", () => onPoint(name, parts.latest.overridden ? "release" : "override"));
    parts.fault = button("", "", () => onPoint(name, parts.latest.broken ? "mend" : "break"));
    parts.acts.append(parts.hold, parts.fault);
  }
  if (point.offers.includes("units")) {
    parts.swap = button("", "", () => onPoint(name, "units", {units: parts.latest.other_units[0]}));
    parts.acts.append(parts.swap);
  }
  parts.acts.append(setter(name, point.value));
  return parts;
}

function setter(name, example) {
  const form = make("form"), field = make(typeof example === "boolean" ? "select" : "input");
  field.setAttribute("aria-label", "Own value of " + name);
  if (typeof example === "boolean") {
    field.append(new Option("true"), new Option("false"));
  } else {
    field.placeholder = "its own value";
    field.required = typeof example === "number";
    field.type = typeof example === "number" ? "number" : "text";
    if (field.type === "number") field.step = "any";
  }
  const press = make("button", "", "Set");
  press.setAttribute("aria-label", "Set the own value of " + name);
  form.append(field, press);
  form.addEventListener("submit", event => {
    event.preventDefault();
    const typed = field.value;
    const value = typeof example === "boolean" ? typed === "true" : typeof example === "number" ? Number(typed) : typed;
    onPoint(name, "value", {value}).then(() => { if (field.type !== "select-one") field.value = ""; });
  });
  return form;
}

function name(pressed, text, label) {
  put(pressed, text);
  pressed.setAttribute("aria-label", label);
}

function fill(parts, point) {
  parts.latest = point;
  put(parts.value, String(point.value));
  put(parts.units, point.units || "");
  put(parts.wrote, point.set_value === null ? "" : "set_value " + point.set_value);
  put(parts.status, point.status || "");
  const badges = [[point.value_state || "not written", STATES[point.value_state] || "none"]];
  if (point.overridden) badges.push(["held by " + point.held_by, "held"]);
  if (point.broken) badges.push([point.trouble, "bad"]);
  if (JSON.stringify(badges) !== parts.shown) {
    parts.shown = JSON.stringify(badges);
    parts.badges.replaceChildren(...badges.map(([text, kind]) => make("span", "badge " + kind, text)));
  }
  if (parts.hold) {
    name(parts.hold, point.overridden ? "Release" : "Override", (point.overridden ? "Release " : "Override ") + point.name);
    name(parts.fault, point.broken ? "Mend" : "Break", (point.broken ? "Mend " : "Break ") + point.name);
  }
  if (parts.swap) {
    const to = point.other_units[0];
    name(parts.swap, "Show in " + to, "Show " + point.name + " in " + to);
  }
}

function pointFacts(device) {
  return [["Make and model", device.make + ", " + device.model], ["Broker", device.broker],
    ["Last config, by its timestamp", time(device.last_config)], ["State said", time(device.last_state)],
    ["Telemetry said", time(device.telemetry.timestamp)], ["state_etag", device.state_etag],
    ["Writes expire", device.set_value_expiry ? time(device.set_value_expiry) : "nothing is written"]];
}

own.facts = pointFacts;
own.choose = () => { cards.clear(); list.replaceChildren(); };
own.show = device => {
  for (const point of device.points) {
    if (!cards.has(point.name)) {
      cards.set(point.name, card(point));
      list.append(cards.get(point.name).item);
    }
    fill(cards.get(point.name), point);
  }
};
