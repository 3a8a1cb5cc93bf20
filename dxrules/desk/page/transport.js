// How this page reaches the desk: here, the local server of `dxrules review`.
// Another home of the page puts a file of the same name in its place.

const ENDED = {
  error: {
    kind: "gone",
    message: {
      ja: "dxrules review が終了しています。保存していない変更は失われました。端末でもう一度起動してください。",
      en: "dxrules review has ended. What was not saved is lost. Start it again in the terminal.",
    },
    problems: [],
  },
};

async function call(name, args = {}) {
  try {
    const answer = await fetch("call", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ call: name, arguments: args }),
    });
    return await answer.json();
  } catch {
    return ENDED;
  }
}

// While the page is open, the server does not end for want of work.
setInterval(() => fetch("alive", { credentials: "same-origin" }).catch(() => {}), 60_000);

window.dxrulesTransport = { call };
