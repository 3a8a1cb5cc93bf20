// The files that were dropped on the page: of a folder, the plan files in it and in those within.

const PLAN = /\.(ya?ml|json|xlsx)$/i;

const filed = (entry) => new Promise((done, failed) => entry.file(done, failed));

async function listed(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    // A browser names some at a time, and none at the end.
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found.sort((one, other) => (one.name < other.name ? -1 : 1));
    found.push(...some);
  }
}

async function within(folder) {
  const files = [];
  for (const entry of await listed(folder)) {
    if (entry.isDirectory) files.push(...(await within(entry)));
    else if (PLAN.test(entry.name) && !entry.name.startsWith("~$")) files.push(await filed(entry));
  }
  return files;
}

// What was dropped is known only until the page has its next turn: entries are taken at once.
export async function droppedFiles(transfer) {
  const files = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const folders = entries.filter((entry) => entry.isDirectory);
  if (!folders.length) return files;
  const names = new Set(folders.map((folder) => folder.name));
  const inside = await Promise.all(folders.map(within));
  return [...files.filter((file) => !names.has(file.name)), ...inside.flat()];
}
