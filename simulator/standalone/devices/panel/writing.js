/* A message that the device takes as if its cloud had sent it. */
async function drafts() {
  return await ask("/devices/" + encodeURIComponent(chosen) + "/drafts");
}

async function beginWriting() {
  $("draft").replaceChildren(new Option("an empty message", ""));
  $("topic").value = $("payload").value = "";
  put($("handed"), "");
  const id = chosen, found = await drafts().catch(() => []);
  if (id === chosen) $("draft").append(...found.map(draft => new Option(draft.title)));
}

function suggest(filters) {
  const topics = filters.filter(one => !/[+#]/.test(one));
  if ([...$("topics").children].map(one => one.value).join("\n") !== topics.join("\n")) {
    $("topics").replaceChildren(...topics.map(one => new Option(one, one)));
  }
  if (!$("topic").value && document.activeElement !== $("topic")) $("topic").value = topics[0] || "";
}

/* Drafts are made anew: they have the time in them. */
async function begin() {
  const title = $("draft").value;
  put($("handed"), "");
  if (!title) return;
  try {
    const draft = (await drafts()).find(one => one.title === title);
    if (draft && $("draft").value === title) {
      $("topic").value = draft.topic;
      $("payload").value = draft.payload;
    }
  } catch (error) {
    say(error);
  }
}

$("draft").addEventListener("change", begin);
$("write").addEventListener("submit", async event => {
  event.preventDefault();
  put($("handed"), "");
  const done = await act("/inbox", {topic: $("topic").value, payload: $("payload").value});
  put($("handed"), done ? "Handed over at " + new Date().toISOString().slice(11, 19) + " UTC" : "");
});
