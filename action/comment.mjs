// One comment for each project, kept up to date. A pull request from a fork may not comment: the summary has it all.
import { readFileSync } from "node:fs";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, NUMBER, PROJECT, REPORT = "" } = process.env;
const mark = `<!-- meshfront ${PROJECT} -->`;
const body = `${mark}\n${readFileSync(REPORT, "utf8")}`;
const comments = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`;

const own = await findOwn();
const written =
  own === undefined
    ? await ask(`${comments}/${NUMBER}/comments`, { method: "POST", body: JSON.stringify({ body }) })
    : await ask(`${comments}/comments/${own.id}`, { method: "PATCH", body: JSON.stringify({ body }) });
if (written.status === 403)
  console.log("::notice::this token may not comment (a fork's may not): see the job's summary");
else if (!written.ok) throw new Error(`GitHub answered ${written.status}: ${await written.text()}`);

/** Only a comment of a bot counts: anybody can write the mark. */
async function findOwn() {
  for (let page = 1; ; page += 1) {
    const answer = await ask(`${comments}/${NUMBER}/comments?per_page=100&page=${page}`);
    /** @type {{ id: number, body: string, user: { type: string } }[]} */
    const list = answer.ok ? JSON.parse(await answer.text()) : [];
    const found = list.find(({ body, user }) => user.type === "Bot" && body.startsWith(mark));
    if (found !== undefined || list.length < 100) return found;
  }
}

/** @param {string} url @param {RequestInit} [request] */
function ask(url, request) {
  const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${GITHUB_TOKEN}` };
  return fetch(url, { ...request, headers });
}
